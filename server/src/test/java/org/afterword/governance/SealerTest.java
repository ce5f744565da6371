package org.afterword.governance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.afterword.governance.Sealer.Sealed;
import org.afterword.platform.ProblemException;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final String VALUE = "DE89370400440532013000";

    final Sealer sealer = sealer(1);

    @Test
    void opensWhatItSealed() {
        assertThat(sealer.open(sealer.seal(VALUE, "a"), "a")).isEqualTo(VALUE);
        assertThat(sealer.open(sealer.seal("", "a"), "a")).isEmpty();
    }

    @Test
    void sealsTheSameValueDifferentlyEachTime() {
        Sealed one = sealer.seal(VALUE, "a");
        Sealed other = sealer.seal(VALUE, "a");

        assertThat(one.text()).isNotEqualTo(other.text());
        assertThat(new String(one.text(), UTF_8)).doesNotContain("3704");
    }

    @Test
    void opensNothingAtAnotherPlaceNorWhatWasChanged() {
        Sealed sealed = sealer.seal(VALUE, "a");
        byte[] changed = sealed.text().clone();
        changed[changed.length - 1] ^= 1;

        assertThatIllegalStateException().isThrownBy(() -> sealer.open(sealed, "b"));
        assertThatIllegalStateException().isThrownBy(() -> sealer.open(new Sealed(sealed.key(), changed), "a"));
    }

    @Test
    void namesTheKeyThatIsMissing() {
        Sealed sealed = sealer.seal(VALUE, "a");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> sealer(2).open(sealed, "a"))
                .withMessageContaining("sealed with key " + sealed.key());
    }

    private static Sealer sealer(int of) {
        var key = new byte[Sealer.KEY_BYTES];
        Arrays.fill(key, (byte) of);
        return new Sealer(() -> key);
    }
}
