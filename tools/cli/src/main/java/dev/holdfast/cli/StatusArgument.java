package dev.holdfast.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a status. */
final class StatusArgument implements ITypeConverter<Integer> {

    @Override
    public Integer convert(String text) {
        try {
            int status = Integer.parseInt(text);
            if (status >= SeenAnswer.LEAST_STATUS && status <= SeenAnswer.GREATEST_STATUS) {
                return status;
            }
        } catch (NumberFormatException e) {
            // Said below, in the same words.
        }
        throw new TypeConversionException("\"" + text + "\" is not an integer from 100 to 999");
    }
}
