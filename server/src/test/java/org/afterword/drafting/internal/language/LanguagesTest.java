package org.afterword.drafting.internal.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            en | I would like to check the balance of my account please
            en | hi my name is patricia brown i lost my debit card
            en | MY PHONE IS UNLOCKED SO WHY CANT I VIEW MY NOTIFICATIONS WITHOUT A PASSCODE
            es | Hola, quiero saber el saldo de mi cuenta y hacer una transferencia
            de | Guten Tag, ich möchte meine Karte sperren lassen, weil ich sie verloren habe
            fr | Bonjour, je voudrais annuler ma réservation pour demain soir, s'il vous plaît
            id | Telp ke call center malah disarankan pesan lewat call center ajah
            """)
    void longTurnsTellTheirLanguage(String code, String text) {
        assertThat(Languages.of(List.of(said(0, Speaker.CUSTOMER, text)))).containsEntry(0, code);
    }

    @Test
    void aTurnOfFewWordsIsInTheLanguageThatItsSpeakerSpokeBefore() {
        List<Turn> turns = List.of(
                said(0, Speaker.CUSTOMER, "Hola, quiero saber el saldo de mi cuenta y hacer una transferencia"),
                said(1, Speaker.AGENT, "Of course, can you tell me your name please?"),
                said(2, Speaker.CUSTOMER, "Maria Lopez"),
                said(3, Speaker.AGENT, "Okay"));

        assertThat(Languages.of(turns)).containsEntry(2, "es").containsEntry(3, "en");
    }

    @Test
    void fewWordsAloneTellNothing() {
        assertThat(Languages.of(List.of(said(0, Speaker.CUSTOMER, "Visa"), said(1, Speaker.AGENT, "ok"))))
                .isEmpty();
    }

    @Test
    void whatTheTranscriptStatesCounts() {
        assertThat(Languages.of(List.of(stated(0, "I would like to check the balance of my account", "de-AT"))))
                .containsEntry(0, "de");
        assertThat(Languages.of(List.of(stated(0, "I would like to check the balance of my account", "und"))))
                .containsEntry(0, "en");
    }

    private static Turn said(int number, Speaker speaker, String text) {
        return Turn.of(number, speaker, text);
    }

    private static Turn stated(int number, String text, @Nullable String language) {
        return new Turn(number, Speaker.CUSTOMER, text, null, null, null, language);
    }
}
