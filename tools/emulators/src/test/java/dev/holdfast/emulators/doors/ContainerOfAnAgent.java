package dev.holdfast.emulators.doors;

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;

/** A container that loads an application, lets it run and unloads it; its own test starts it in a JVM of its own. */
public final class ContainerOfAnAgent {
    /** More collections than any machine needs; each waits a little for threads that end. */
    private static final int COLLECTIONS = 300;

    private ContainerOfAnAgent() {}

    /** Finds Holdfast and this module's tests in itself, and all libraries in the container. */
    private static final class Application extends URLClassLoader {
        Application(URL[] urls) {
            super(urls, ContainerOfAnAgent.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!name.startsWith("dev.holdfast.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? defined(name) : loaded;
            }
        }

        /** With a domain that names no loader: JDK 17 keeps the domains of running code with each thread that an HTTP client starts then. */
        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length, new ProtectionDomain(null, null));
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** The JDK's bootstrap of record methods keeps the component type of the last record that it saw (ObjectMethods, JDK 17). Here it sees another. */
    private record Another(Path last) {}

    /** Ends with 0 if the application's loader was collected. */
    public static void main(String[] arguments) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean token = exchange.getRequestURI().getPath().endsWith("/token");
            byte[] body = (token ? "{\"access_token\":\"t\",\"expires_in\":\"3600\"}" : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            boolean fails = !token && requests.incrementAndGet() % 2 == 1;
            exchange.sendResponseHeaders(fails ? 503 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        OkHttpClient okHttp = new OkHttpClient();
        HttpClient jdk =
                HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
        WeakReference<ClassLoader> loader =
                application(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), okHttp, jdk);
        System.out.println(requests + " requests");
        boolean collected = isCollected(loader);
        System.out.println(collected ? "collected" : "held");
        System.exit(collected ? 0 : 1);
    }

    private static WeakReference<ClassLoader> application(URI endpoint, OkHttpClient okHttp, HttpClient jdk)
            throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (Application loader = new Application(urls.toArray(URL[]::new))) {
            Class<?> agent = loader.loadClass("dev.holdfast.emulators.doors.AgentOfItsOwnLoader");
            if (agent.getClassLoader() != loader) {
                throw new IllegalStateException("the application has the container's classes");
            }
            agent.getMethod("run", URI.class, OkHttpClient.class, HttpClient.class)
                    .invoke(null, endpoint, okHttp, jdk);
            return new WeakReference<>(loader);
        }
    }

    private static boolean isCollected(WeakReference<ClassLoader> loader) throws InterruptedException {
        if (!new Another(Path.of("a")).equals(new Another(Path.of("a")))) {
            throw new IllegalStateException("records with equal components are equal");
        }
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < COLLECTIONS && loader.get() != null; i++) {
            System.gc();
            boolean unused = never.await(i, TimeUnit.MILLISECONDS);
        }
        return loader.get() == null;
    }
}
