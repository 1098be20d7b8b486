package dev.holdfast.emulators.readme;

import dev.holdfast.azure.AzureImds;
import dev.holdfast.core.Holdfast;
import dev.holdfast.okhttp.HoldfastOkHttp;
import java.io.IOException;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

public final class Agent {
    static String instance(OkHttpClient client, Holdfast holdfast) throws IOException {
        Call.Factory imds = HoldfastOkHttp.wrap(client, holdfast); // with the defaults: AzureImds.wrap(client)
        String url = "http://169.254.169.254/metadata/instance?api-version=2021-02-01";
        try (Response response =
                imds.newCall(new Request.Builder().url(url).build()).execute()) {
            if (response.isSuccessful()) {
                return response.body().string();
            }
            throw new IOException(String.valueOf(HoldfastOkHttp.outcomeOf(response))); // what happened, why, what to do
        }
    }

    public static void main(String[] args) throws IOException {
        System.out.println(instance(new OkHttpClient(), AzureImds.boot().build())); // an agent that starts early
    }
}
