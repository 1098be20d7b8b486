/** The command line: shows Holdfast at work, explains its decisions, and makes a call through it. */
@NullMarked
package dev.holdfast.cli;

import org.jspecify.annotations.NullMarked;
