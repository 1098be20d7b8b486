package example.aws;

import dev.holdfast.testkit.emulator.Effect;
import dev.holdfast.testkit.emulator.EmulatedRequest;
import dev.holdfast.testkit.emulator.EmulatedService;
import dev.holdfast.testkit.emulator.Reply;
import java.util.UUID;

final class EmulatedImds implements EmulatedService {
    private volatile String token = "none yet";

    @Override
    public boolean isForToken(EmulatedRequest request) {
        return request.method().equals("PUT") && request.path().equals("/latest/api/token");
    }

    @Override
    public Reply answer(EmulatedRequest request) {
        if (isForToken(request)) {
            token = UUID.randomUUID().toString();
            return request.headers().first("X-aws-ec2-metadata-token-ttl-seconds") == null ? page(400) : Reply.text(token);
        }
        return token.equals(request.headers().first("X-aws-ec2-metadata-token")) ? Reply.text("i-0123456789") : page(401);
    }

    @Override
    public Reply refused(Effect.Refusal refusal, EmulatedRequest request) {
        return page(503);
    }

    @Override
    public void expireCredentials() {
        token = "expired";
    }

    private static Reply page(int status) {
        return Reply.xml(status, "<title>" + status + "</title>").with("Server", "EC2ws");
    }
}
