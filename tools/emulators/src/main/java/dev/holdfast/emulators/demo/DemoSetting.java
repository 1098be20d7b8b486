package dev.holdfast.emulators.demo;

import dev.holdfast.core.Holdfast;
import dev.holdfast.core.service.Service;
import dev.holdfast.core.service.ServiceClient;
import dev.holdfast.core.time.TimeSource;
import dev.holdfast.testkit.emulator.Emulator;
import java.util.function.Function;

/**
 * What the stages of a demo share.
 *
 * @param clock the clock of the emulators and of the agent
 * @param clients makes a client for what a vendor's credential sources ask
 */
public record DemoSetting(TimeSource clock, Function<Holdfast, ServiceClient> clients) {

    /**
     * Makes a client of an emulated service.
     *
     * @param service the service
     * @param emulator plays the service
     * @return the client
     */
    public ServiceClient client(Service service, Emulator emulator) {
        return clients.apply(Holdfast.builder(service)
                .endpoint(emulator.url())
                .timeSource(clock)
                .build());
    }
}
