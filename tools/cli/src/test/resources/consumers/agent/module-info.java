/** An agent on the module path: one line names all that it needs. */
module agent {
    requires dev.holdfast.azure;
    requires jdk.httpserver;

    uses dev.holdfast.core.ServiceProvider;
}
