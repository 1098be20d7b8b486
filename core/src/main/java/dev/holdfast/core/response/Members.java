package dev.holdfast.core.response;

import java.util.Arrays;

/**
 * Names the members of a document that its reader takes: their texts are kept wherever they stand, those of all other members are passed over. An object
 * or array keeps its place under any name. Names are compared without case. Immutable.
 *
 * <p>A dialect has one constant of this type and reads each response with it, because a response is read anew for other members.
 *
 * <pre>{@code
 * private static final Members MEMBERS = Members.of("error", "code", "message");
 * }</pre>
 */
public final class Members {
    private final String[] names;

    /** The same names by their length, so that a name that is compared meets few candidates. */
    private final String[][] byLength;

    private Members(String[] names) {
        this.names = names;
        int longest = Arrays.stream(names).mapToInt(String::length).max().orElse(0);
        byLength = new String[longest + 1][];
        for (int length = 0; length <= longest; length++) {
            int sought = length;
            byLength[length] =
                    Arrays.stream(names).filter(name -> name.length() == sought).toArray(String[]::new);
        }
    }

    /**
     * Names members.
     *
     * @param names the members' own names, without the objects around them; also the name of an array whose elements are texts or numbers
     * @return the members
     * @throws IllegalArgumentException if a name is blank
     */
    public static Members of(String... names) {
        for (String name : names) {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "names must not be blank, but one of " + Arrays.toString(names) + " is");
            }
        }
        return new Members(names.clone());
    }

    /**
     * Names further members.
     *
     * @param further their names
     * @return a copy that has both
     * @throws IllegalArgumentException if a name is blank
     */
    public Members and(String... further) {
        String[] all = Arrays.copyOf(names, names.length + further.length);
        System.arraycopy(further, 0, all, names.length, further.length);
        return of(all);
    }

    /** Tells whether a member of this name is taken. */
    boolean take(String name) {
        if (name.length() < byLength.length) {
            for (String candidate : byLength[name.length()]) {
                if (candidate.equalsIgnoreCase(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "Members" + Arrays.toString(names);
    }
}
