package org.afterword.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "drehbank",
                "         x",
                "日本語のパスワードです",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
                "7391-6620-4415"
            })
    void anyKindOfCharactersIsTaken(String password) {
        assertThat(PasswordRules.objection(password, "ann", "Ann Lee")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "1234567", "日本語", "😀😀😀😀😀😀😀"})
    void fewerThanEightCharactersAreRefusedHoweverManyBytesTheyTake(String password) {
        assertThat(PasswordRules.objection(password))
                .hasValueSatisfying(why -> assertThat(why).contains("8 characters"));
    }

    @Test
    void whatTheHashWouldIgnoreIsRefused() {
        assertThat(PasswordRules.objection("x".repeat(72) + "y")).isPresent();
        assertThat(PasswordRules.objection("z" + "y".repeat(71))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "PassWord", "12345678", "iloveyou", "qwertyuiop", "1q2w3e4r5t"})
    void commonOnesAreRefusedHoweverTheyAreWritten(String password) {
        assertThat(PasswordRules.objection(password))
                .hasValueSatisfying(why -> assertThat(why).contains("guessed first"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Afterword2026!",
                "after-call-work",
                "supervisor1",
                "annlee1987",
                "Lee-98765",
                "ANN.LEE!",
                "55555555555",
                "!!!!!!!!!!"
            })
    void namesThatBelongHereAreRefused(String password) {
        assertThat(PasswordRules.objection(password, "ann.lee", "Ann Lee")).isPresent();
    }

    @Test
    void theListIsLongerThanTheThreeThousandThatAreAskedFor() {
        assertThat(PasswordRules.common()).hasSizeGreaterThan(3000).allMatch(p -> p.length() >= PasswordRules.SHORTEST);
    }
}
