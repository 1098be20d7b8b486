/** What tests of a vendor's signers and credential sources are made of. */
@NullMarked
package dev.holdfast.testkit.signing;

import org.jspecify.annotations.NullMarked;
