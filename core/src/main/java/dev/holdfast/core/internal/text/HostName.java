package dev.holdfast.core.internal.text;

import java.math.BigInteger;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One spelling for each host, so that two texts can be compared. Nothing is looked up: no name is resolved.
 *
 * <p>Refused, as null: an IPv4 number with a leading zero, which Java reads as decimal and the C library as octal; an IPv6 zone, which means
 * another link on another machine; and whatever is no host at all.
 */
public final class HostName {
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*");
    private static final Pattern NUMBER = Pattern.compile("0x[0-9a-f]{0,16}|[0-9]{1,20}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]*:[0-9a-f:.]*");
    private static final int LONGEST = 253;

    private HostName() {}

    /**
     * The one spelling of a host.
     *
     * @param host a name or an address, in any case; IPv6 with or without its brackets
     * @return a name in lower case and ASCII, an IPv4 address in four decimals, or an IPv6 address in brackets in its shortest form; null if
     *     it is none of these or can be read in two ways
     */
    public static @Nullable String canonical(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (bare.indexOf(':') >= 0) {
            return ipv6(bare.toLowerCase(Locale.ROOT));
        }
        if (bare.length() != host.length()) {
            return null;
        }
        String name = ascii(bare);
        if (name == null) {
            return null;
        }
        // The dot of a fully qualified name.
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            return null;
        }
        String last = name.substring(name.lastIndexOf('.') + 1);
        // A name whose last label is a number is taken for an address by every resolver.
        return NUMBER.matcher(last).matches() ? ipv4(name) : name;
    }

    private static @Nullable String ascii(String host) {
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) >= 0x80) {
                try {
                    return IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return host.toLowerCase(Locale.ROOT);
    }

    /** As inet_aton: one to four numbers, decimal or hexadecimal, of which the last fills what is left. */
    private static @Nullable String ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length > 4) {
            return null;
        }
        long address = 0;
        for (int i = 0; i < parts.length; i++) {
            BigInteger number = number(parts[i]);
            int bits = i < parts.length - 1 ? 8 : 8 * (5 - parts.length);
            if (number == null || number.bitLength() > bits) {
                return null;
            }
            address = (address << bits) | number.longValue();
        }
        return (address >> 24) + "." + ((address >> 16) & 0xff) + "." + ((address >> 8) & 0xff) + "."
                + (address & 0xff);
    }

    private static @Nullable BigInteger number(String part) {
        if (!NUMBER.matcher(part).matches()) {
            return null;
        }
        if (part.startsWith("0x")) {
            return part.length() == 2 ? null : new BigInteger(part.substring(2), 16);
        }
        return part.length() > 1 && part.startsWith("0") ? null : new BigInteger(part);
    }

    private static @Nullable String ipv6(String text) {
        if (!IPV6.matcher(text).matches()) {
            return null;
        }
        try {
            // A literal with a colon: nothing is looked up.
            InetAddress address = InetAddress.getByName("[" + text + "]");
            return address instanceof Inet4Address ? address.getHostAddress() : "[" + shortest(address) + "]";
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** RFC 5952: the longest run of two zeros or more becomes {@code ::}, the first of several. */
    private static String shortest(InetAddress address) {
        byte[] bytes = address.getAddress();
        int[] groups = new int[8];
        Arrays.setAll(groups, i -> ((bytes[2 * i] & 0xff) << 8) | (bytes[2 * i + 1] & 0xff));
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
