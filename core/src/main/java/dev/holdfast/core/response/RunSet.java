package dev.holdfast.core.response;

/** All runs of one length, of at most eight bytes, in a text; finds which of them stand in another one in a single pass over each. */
final class RunSet {
    private final long[] keys;
    private final boolean[] taken;
    private final boolean[] found;
    private final byte[] text;
    private final int length;
    private final long mask;

    RunSet(byte[] text, int length) {
        this.text = text;
        this.length = length;
        this.mask = length == 8 ? -1 : (1L << (8 * length)) - 1;
        int size = Integer.highestOneBit(Math.max(8, text.length)) << 2;
        keys = new long[size];
        taken = new boolean[size];
        found = new boolean[size];
        long key = 0;
        for (int i = 0; i < text.length; i++) {
            key = next(key, text[i]);
            if (i + 1 >= length) {
                int slot = slot(key);
                keys[slot] = key;
                taken[slot] = true;
            }
        }
    }

    private long next(long key, byte value) {
        return ((key << 8) | (value & 0xff)) & mask;
    }

    /** The place of a run, or the free one that it would get. */
    private int slot(long key) {
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
        while (taken[slot] && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    /** Notes which runs stand in the other text; returns whether any does. */
    boolean find(byte[] other) {
        boolean any = false;
        long key = 0;
        for (int i = 0; i < other.length; i++) {
            key = next(key, other[i]);
            if (i + 1 >= length) {
                int slot = slot(key);
                found[slot] |= taken[slot];
                any |= taken[slot];
            }
        }
        return any;
    }

    /** Whether the run that begins here was found. */
    boolean isFound(int at) {
        long key = 0;
        for (int i = at; i < at + length; i++) {
            key = next(key, text[i]);
        }
        return found[slot(key)];
    }
}
