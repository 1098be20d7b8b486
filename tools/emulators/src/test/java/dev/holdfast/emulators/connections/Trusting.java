package dev.holdfast.emulators.connections;

import dev.holdfast.emulators.faults.Certificate;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** A client that trusts the certificate of these tests. */
public final class Trusting {
    private static final X509TrustManager ALL = new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    };

    private Trusting() {}

    static SSLContext server() {
        return Certificate.context();
    }

    static SSLContext client() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {ALL}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static OkHttpClient.Builder client(OkHttpClient.Builder builder) {
        return builder.sslSocketFactory(client().getSocketFactory(), ALL).hostnameVerifier((host, session) -> true);
    }
}
