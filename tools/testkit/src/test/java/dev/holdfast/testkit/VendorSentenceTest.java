package dev.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorSentenceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Disk {name} is full | Disk {name} is full",
                "Disk { disk name } is full | Disk {disk name} is full",
                "Disk {0} of {1} is full | Disk {0} of {1} is full",
                "Disk <DiskName> is full | Disk {DiskName} is full",
                "Disk \\<DiskName> is full | Disk {DiskName} is full",
                "Disk \\<DiskName\\> is full | Disk {DiskName} is full",
                "Disk %s of %2$d is full | Disk {arg1} of {arg2} is full",
                "Larger than the limit: … | Larger than the limit: {rest}",
                "Not found: [{id}, ...] | Not found: {id...}",
                "Not found: [ {id} , … ], {why} | Not found: {id...}, {why}",
                "Not found: {id...}, {why} | Not found: {id...}, {why}",
                "write \\{id} here | write \\{id} here",
                "write \\[{id}, ...] here | write \\[{id}, ...] here",
                "write \\%s here | write \\%s here",
                "1 < 2 and 3 > 2 | 1 < 2 and 3 > 2",
                "the {} braces | the {} braces",
                "The `uri` of a **Blob** resource (`sp=rw`) | The 'uri' of a Blob resource ('sp=rw')",
                "a *.zip* name, a **.zip* blob | a *.zip* name, a **.zip* blob",
                "say &quot;yes&quot;&nbsp;and &#39;no&#39; | say \"yes\" and 'no'",
                "say \u201cyes\u201d and don\u2019t | say \"yes\" and don't",
                "A &lt;b&gt; B | A &lt;b&gt; B",
            })
    void oneFormForAll(String written, String normal) {
        assertThat(VendorSentence.normal(written)).isEqualTo(normal);
        assertThat(VendorSentence.normal(normal)).isEqualTo(normal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Disk <Name> of %s: … | Disk $1 of $1: $1",
                "Not found: [{id}, ...], {why} | Not found: $1, $1",
                "write \\{id} here | write {id} here",
                "The `uri` of a **Blob** | The `uri` of a **Blob**",
            })
    void placesAreFilledAndNothingElseChanges(String written, String message) {
        assertThat(VendorSentence.filled(written, "$1")).isEqualTo(message);
    }
}
