package org.afterword.governance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.afterword.governance.Redactor.Utterance;
import org.afterword.platform.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    final Redactor redactor = new Redactor();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            my card is 4111111111111111, thanks              | my card is [card number], thanks
            4111 1111 1111 1111                              | [card number]
            4111-1111-1111-1111 exp 12/25                    | [card number] exp 12/25
            4111.1111.1111.1111 12/25                        | [card number] 12/25
            amex 3782 822463 10005.                          | amex [card number].
            it's 3 7 8 2 8 2 2 4 6 3 1 0 0 0 5               | it's [card number]
            four one one one one one one one one one one one one one one one | [card number]
            Four double one one, triple one one and then uh double one double one double one double one | [card number]
            forty-one eleven eleven eleven eleven eleven eleven eleven ok | [card number] ok
            five one oh five, one oh five one, oh five one oh, five one oh oh | [card number]
            4111 one one one one 1111 eleven eleven please   | [card number] please
            ４１１１ １１１１ １１１１ １１１１                    | [card number]
            cards 4111111111111111 and 5105105105105100      | cards [card number] and [card number]
            +4111111111111111                                | +[card number]
            card4111111111111111x                            | card[card number]x
            """)
    void masksCardNumbers(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            the cvv is 123                                   | the cvv is [security code]
            CVC: 1234, expires 12/25                         | CVC: [security code], expires 12/25
            my security code is one two three thank you      | my security code is [security code] thank you
            the three digits on the back are 9 8 7           | the three digits on the back are [security code]
            987, that is the cvv                             | [security code], that is the cvv
            4111111111111111 12/25 cvv 123                   | [card number] 12/25 cvv [security code]
            cvv 123 4111 1111 1111 1111                      | cvv [security code] [card number]
            """)
    void masksSecurityCodesBesideTheirName(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call me at 513-555-0142",
                "call me at 5135550142 or +4915112345678",
                "order 4111111111111112 has not arrived",
                "account number 10239284, branch 0042",
                "my bank account is the one ending in 0130",
                "my social ends in 7888 and the account number is 10239284",
                "I forgot my password and typed it 3 times",
                "my password is not working, order 55123456",
                "the pin is wrong",
                "table for two to four, it's for 12 to 14 people",
                "account number 123456789, policy number kih 984361047",
                "order AB123456C and 12345678Z",
                "reference 123 45 67890",
                "I sent 25000 to my checking account",
                "the tip for social media: 15000 views",
                "on 12/25/2025 at 4:30 for 4 people",
                "one of the two rooms, number 411",
                "the tracking number is 9400111899223197428490",
                "I need your security code to refund 250 dollars",
                "the last four of your social security number are 1234",
                "I was double charged for two nights",
                "1791550312.1",
                "a0000000-4111-1111-1111-111111111111"
            })
    void leavesOtherNumbersAlone(String text) {
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SSN 123-45-6789                                  | SSN [national id]
            it's 123-45-6789, 04/12/1980                     | it's [national id], 04/12/1980
            my social is 123 45 6789                         | my social is [national id]
            123456789 is my social security number           | [national id] is my social security number
            ssn one two three four five six seven eight nine | ssn [national id]
            ITIN 912-70-1234                                 | ITIN [national id]
            my national insurance number is ab 12 34 56 c    | my national insurance number is ab [national id] c
            it is AB123456C                                  | it is [national id]
            JG 10 37 59 A was rejected                       | [national id] was rejected
            Steuer-ID: 86095742719                           | Steuer-ID: [national id]
            meine Nummer ist 86 095 742 719                  | meine Nummer ist [national id]
            mi DNI es 12345678Z                              | mi DNI es [national id]
            soy 12345678Z y X1234567L                        | soy [national id] y [national id]
            codice RSSMRA85T10A562S grazie                   | codice [national id] grazie
            c'est le 2 55 08 14 168 025 38 voilà             | c'est le [national id] voilà
            né en Corse, 1 85 05 2A 006 084 35               | né en Corse, [national id]
            my sin number is 046 454 286                     | my sin number is [national id]
            CPF 529.982.247-25                               | CPF [national id]
            """)
    void masksNationalIds(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            IBAN DE89 3704 0044 0532 0130 00                 | IBAN [bank account]
            pay to GB82WEST12345698765432 today              | pay to [bank account] today
            fr14 2004 1010 0505 0001 3m02 606 please         | [bank account] please
            d e eight nine three seven oh four double oh four four oh five three two oh one three oh oh oh | d e [bank account]
            routing number 021000021                         | routing number [bank account]
            sort code 12-34-56, my bank account is 12345678  | sort code [bank account], my bank account is [bank account]
            routing number 021000021 and account number 000123456789 | routing number [bank account] and account number [bank account]
            checking account number is one two three four five six seven eight | checking account number is [bank account]
            """)
    void masksBankAccounts(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            meine Karte ist die 4111 1111 1111 1111, danke    | meine Karte ist die [card number], danke
            moja karta to 4111-1111-1111-1111, dziękuję       | moja karta to [card number], dziękuję
            номер карты 4111 1111 1111 1111 спасибо           | номер карты [card number] спасибо
            我的卡号是4111111111111111谢谢                      | 我的卡号是[card number]谢谢
            カード番号は4111 1111 1111 1111です                 | カード番号は[card number]です
            رقم بطاقتي ٤١١١ ١١١١ ١١١١ ١١١١ شكرا               | رقم بطاقتي [card number] شكرا
            मेरा कार्ड ४१११ ११११ ११११ ११११ है                      | मेरा कार्ड [card number] है
            หมายเลขบัตร๔๑๑๑๑๑๑๑๑๑๑๑๑๑๑๑ครับ                   | หมายเลขบัตร[card number]ครับ
            meine IBAN DE89 3704 0044 0532 0130 00 bitte      | meine IBAN [bank account] bitte
            账号是DE89370400440532013000谢谢                    | 账号是[bank account]谢谢
            номер GB82WEST12345698765432, спасибо             | номер [bank account], спасибо
            口座はGB82 WEST 1234 5698 7654 32です               | 口座は[bank account]です
            رقم الحساب DE٨٩ ٣٧٠٤ ٠٠٤٤ ٠٥٣٢ ٠١٣٠ ٠٠           | رقم الحساب DE[bank account]
            el número es 123-45-6789, gracias                 | el número es [national id], gracias
            社会保障番号は123-45-6789です                        | 社会保障番号は[national id]です
            我的CVV是123                                        | 我的CVV是[security code]
            код CVC 123 спасибо                               | код CVC [security code] спасибо
            mon PIN : 1234                                    | mon PIN : [password]
            我的PIN是1234                                       | 我的PIN是[password]
            """)
    void findsDigitsInTextsOfOtherLanguages(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @Test
    void findsDigitsInTalksInOtherLanguages() {
        assertThat(redactor.redactTalk(talk(
                        "agent: मुझे अपना नंबर बताइए",
                        "customer: जी हाँ, ४१११ ११११",
                        "agent: ठीक है",
                        "customer: और फिर ११११ ११११ है, धन्यवाद",
                        "agent: धन्यवाद")))
                .containsExactly(
                        "मुझे अपना नंबर बताइए",
                        "जी हाँ, [card number]",
                        "ठीक है",
                        "और फिर [card number] है, धन्यवाद",
                        "धन्यवाद");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            my pin is 1234                                   | my pin is [password]
            the PIN: one two three four, okay?               | the PIN: [password], okay?
            my password is sunshine42!                       | my password is [password]!
            password is swordfish and my name is Ann         | password is [password] and my name is Ann
            my name is raj and my password is raj 123        | my name is raj and my password is [password]
            account password ghfkug 54                       | account password [password]
            Password: Tr0ub4dor&3                            | Password: [password]
            my password is kh 524 g                          | my password is [password]
            the password is j o h n three two one            | the password is [password]
            my password is expired                           | my password is expired
            my password is not accepted any more             | my password is not accepted any more
            password reset please                            | password reset please
            """)
    void masksPasswords(String text, String masked) {
        assertThat(redactor.redact(text)).isEqualTo(masked);
    }

    @Test
    void masksTheAnswerToAQuestionForAPassword() {
        assertThat(redactor.redactTalk(talk(
                        "agent: what is your PIN?",
                        "customer: one two three four",
                        "agent: And could you tell me your password, please?",
                        "customer: yes, it's swordfish",
                        "agent: thank you")))
                .containsExactly(
                        "what is your PIN?",
                        "[password]",
                        "And could you tell me your password, please?",
                        "yes, it's [password]",
                        "thank you");
    }

    @Test
    void masksTheAnswerToAQuestionForANationalIdHoweverItIsCut() {
        assertThat(redactor.redactTalk(talk(
                        "agent: And your social, please",
                        "customer: sure, the first three are 123 let me look it up",
                        "agent: 123, okay",
                        "customer: and then after that we have got 45 I believe",
                        "agent: mm-hm",
                        "customer: and it ends with 6789",
                        "agent: and the order number?",
                        "customer: 987654321, thanks a lot")))
                .containsExactly(
                        "And your social, please",
                        "sure, the first three are [national id] let me look it up",
                        "[national id], okay",
                        "and then after that we have got [national id] I believe",
                        "mm-hm",
                        "and it ends with [national id]",
                        "and the order number?",
                        "987654321, thanks a lot");
    }

    @Test
    void masksACardNumberOfWhichADigitWasLost() {
        assertThat(redactor.redactTalk(talk(
                        "agent: What is the card number?",
                        "customer: 4111 1111 1111 111, okay",
                        "agent: and the order?",
                        "customer: 5105 1051 0510 510 is on the bill")))
                .containsExactly(
                        "What is the card number?",
                        "[card number], okay",
                        "and the order?",
                        "5105 1051 0510 510 is on the bill");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for one won one, one one one one, one one one one, one one one won",
                "fourone eleven, four ones, 1111? 1111",
                "forty-one hundred and eleven dash eleven eleven, one one one one 1111!",
                "4111 euh 1111 und 1111 luego 1111",
                "four hundred eleven, one one one one one, one one one one one one one one"
            })
    void readsANumberAsARecognizerGarblesIt(String text) {
        assertThat(redactor.redact(text)).startsWith("[card number]").doesNotContainPattern("one|1");
    }

    @Test
    void valuesOfADocumentAreMaskedForTheirNames() {
        assertThat(redactor.redact(Json.read("""
                {"password": "swordfish", "userPin": 12, "pinned": true, "shipping": "AB123456C", "ssn": 123456789,
                 "bankAccount": "12345678", "accountNumber": "12345678", "agent": "12345678Z"}
                """))).isEqualTo(Json.read("""
                {"password": "[password]", "userPin": "[password]", "pinned": true, "shipping": "AB123456C", "ssn": "[national id]",
                 "bankAccount": "[bank account]", "accountNumber": "12345678", "agent": "12345678Z"}
                """));
    }

    @Test
    void findsANumberThatIsReadOutOverSeveralTurns() {
        assertThat(redactor.redactTalk(talk(
                        "customer: sure, it's 4111 1111",
                        "agent: 4111 1111, go on",
                        "customer: okay, then one one one one",
                        "agent: mm-hm",
                        "customer: hold on",
                        "customer: and 1111. It expires in May")))
                .containsExactly(
                        "sure, it's [card number]",
                        "[card number], go on",
                        "okay, then [card number]",
                        "mm-hm",
                        "hold on",
                        "and [card number]. It expires in May");
    }

    @Test
    void masksPiecesThatAreReadBackAsTheyCome() {
        assertThat(redactor.redactTalk(talk(
                        "agent: what card would you like to use?",
                        "customer: 4111",
                        "agent: 4111",
                        "customer: one one one one",
                        "agent: okay",
                        "customer: 11",
                        "agent: eleven, go on",
                        "customer: 11 111",
                        "agent: 111 and then?",
                        "customer: one",
                        "agent: one",
                        "customer: that is all, I need it for one more day",
                        "agent: thank you very much")))
                .containsExactly(
                        "what card would you like to use?",
                        "[card number]",
                        "[card number]",
                        "[card number]",
                        "okay",
                        "[card number]",
                        "[card number], go on",
                        "[card number]",
                        "111 and then?",
                        "[card number]",
                        "[card number]",
                        "that is all, I need it for one more day",
                        "thank you very much");
    }

    @Test
    void goesOnWithABankAccountToItsLastDigit() {
        assertThat(redactor.redactTalk(talk(
                        "agent: which bank account number should we pay into?",
                        "customer: one three six three",
                        "agent: okay",
                        "customer: 3021",
                        "customer: 8",
                        "agent: for how many people?",
                        "customer: make it 2 please",
                        "agent: thanks")))
                .containsExactly(
                        "which bank account number should we pay into?",
                        "[bank account]",
                        "okay",
                        "[bank account]",
                        "[bank account]",
                        "for how many people?",
                        "make it 2 please",
                        "thanks");
    }

    @Test
    void takesNoPieceOfACardNumberForATelephoneNumber() {
        assertThat(redactor.redactTalk(
                        talk("customer: 67 six one nine", "agent: go on", "customer: 6 521 995 4419", "agent: thanks")))
                .containsExactly("[card number]", "go on", "[card number]", "thanks");
        assertThat(redactor.redactTalk(talk("customer: call 1 513 555 0142", "agent: thanks")))
                .first()
                .isEqualTo("call 1 513 555 0142");
    }

    @Test
    void masksTheAnswerToAQuestionForTheSecurityCode() {
        assertThat(redactor.redactTalk(talk(
                        "agent: And the three digits on the back?",
                        "customer: let me look",
                        "agent: take your time",
                        "customer: it is one two three",
                        "agent: thanks, the rate is 250 dollars")))
                .containsExactly(
                        "And the three digits on the back?",
                        "let me look",
                        "take your time",
                        "it is [security code]",
                        "thanks, the rate is 250 dollars");
    }

    @Test
    void masksASecurityCodeThatIsSplitOverTurns() {
        List<Utterance> begun = talk("agent: what is the cvv?", "customer: one");
        assertThat(redactor.redactTalk(begun)).last().isEqualTo("[digits]");

        assertThat(redactor.redactTalk(talk("agent: what is the cvv?", "customer: one", "customer: two three")))
                .containsExactly("what is the cvv?", "[security code]", "[security code]");
    }

    @Test
    void masksDigitsAtTheEndUntilTheNextWordsDecide() {
        assertThat(redactor.redactTalk(talk("customer: my number is 5135550142")))
                .containsExactly("my number is [digits]");
        assertThat(redactor.redactTalk(talk("customer: my number is 5135550142", "agent: is that your mobile?")))
                .first()
                .isEqualTo("my number is [digits]");

        assertThat(redactor.redactTalk(talk(
                        "customer: my number is 5135550142",
                        "agent: is that your mobile?",
                        "customer: no, that is the one of my office")))
                .first()
                .isEqualTo("my number is 5135550142");
    }

    @Test
    void doesNotMaskEndsThatBeginNothingForbidden() {
        List<Utterance> talk = talk("customer: see you at 4", "agent: the room is 1205", "system: 4111 is your ticket");

        assertThat(redactor.redactTalk(talk)).isEqualTo(texts(talk));
    }

    @Test
    void maskingWhatIsMaskedChangesNothing() {
        List<Utterance> talk =
                talk("agent: the code?", "customer: cvv 123, card 4111111111111111", "customer: 4111 11");
        List<String> once = redactor.redactTalk(talk);
        List<Utterance> again = new ArrayList<>();
        for (int i = 0; i < talk.size(); i++) {
            again.add(new Utterance(talk.get(i).speaker(), once.get(i)));
        }
        again.add(new Utterance("customer", "that would be $250 in all"));

        assertThat(redactor.redactTalk(again))
                .startsWith(once.toArray(String[]::new))
                .endsWith("that would be $250 in all");
    }

    @Test
    void redactsEveryPlaceOfADocument() {
        var document = Json.read("""
                {"card": 4111111111111111, "note": "paid with 5105 1051 0510 5100", "parts": ["4111", 1111, "1111", "1111"],
                 "cvv": 123, "cardSecurityCode": "9876", "4111111111111111": true, "deep": [{"x": "cvc 321"}],
                 "amount": 123, "phone": "4915112345678", "float": 4.111111111111111E15, "ok": null}
                """);

        assertThat(redactor.redact(document)).isEqualTo(Json.read("""
                {"card": "[card number]", "note": "paid with [card number]",
                 "parts": ["[card number]", "[card number]", "[card number]", "[card number]"],
                 "cvv": "[security code]", "cardSecurityCode": "[security code]", "[card number]": true,
                 "deep": [{"x": "cvc [security code]"}], "amount": 123, "phone": "4915112345678", "float": "[card number]", "ok": null}
                """));
    }

    @Test
    void whatIsMeasuredIsNoCardNumber() {
        var document = Json.read("""
                {"startSeconds": 41.11111111111111, "whole": 4111111111111111.0, "more": 4111111111111111.5, "cvv": 123.5, "amount": 12.5}
                """);

        assertThat(redactor.redact(document)).isEqualTo(Json.read("""
                {"startSeconds": 41.11111111111111, "whole": "[card number]", "more": "[card number]", "cvv": "[security code]", "amount": 12.5}
                """));
    }

    @Test
    void hidesAllDigitsWhereItMust() {
        assertThat(Redactor.withoutDigits("it's one 2 three, ok?")).isEqualTo("it's [digits] [digits] [digits], ok?");
    }

    private static List<Utterance> talk(String... turns) {
        return List.of(turns).stream()
                .map(turn -> turn.split(": ", 2))
                .map(parts -> new Utterance(parts[0], parts[1]))
                .toList();
    }

    private static List<String> texts(List<Utterance> talk) {
        return talk.stream().map(Utterance::text).toList();
    }
}
