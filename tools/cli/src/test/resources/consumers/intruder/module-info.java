module intruder {
    requires dev.holdfast.azure;
}
