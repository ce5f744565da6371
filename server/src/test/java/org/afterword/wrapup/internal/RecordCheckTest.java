package org.afterword.wrapup.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.platform.Json;
import org.afterword.platform.ProblemException.Fault;
import org.afterword.wrapup.WrapUpPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class RecordCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DATE   | 2026-03-31
            TIME   | 14:30
            TIME   | 14:30:05
            AMOUNT | 12.50
            AMOUNT | $1,320
            AMOUNT | 1.320,50 €
            AMOUNT | EUR 12
            AMOUNT | 0
            PHONE  | 4155550132
            PHONE  | +49 (0)30 123-456
            PHONE  | (415) 555-0132 ext. 12
            """)
    void aValueAsDraftsAndThePanelWriteItIsTaken(FormField.Type type, String value) {
        assertThat(faults(type, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DATE   | banana
            DATE   | 2026-02-30
            TIME   | 25:00
            TIME   | soon
            AMOUNT | banana
            AMOUNT | $
            PHONE  | banana
            PHONE  | 12
            """)
    void aValueThatIsNoneOfItsKindIsRefused(FormField.Type type, String value) {
        assertThat(faults(type, value)).singleElement().satisfies(fault -> {
            assertThat(fault.pointer()).isEqualTo("#/record/fields/it");
            assertThat(fault.detail()).contains(value);
        });
    }

    @ParameterizedTest
    @CsvSource({"2026-03-31T14:30:00Z, 0", "2026-03-31T14:30+02:00, 0", "tomorrow, 1", "2026-03-31, 1"})
    void aFollowUpIsDueAtATime(String dueAt, int faults) {
        ObjectNode record = Json.object();
        record.putObject("followUps").putObject("f1").put("text", "Call back").put("dueAt", dueAt);

        assertThat(Parts.faults(record)).hasSize(faults);
    }

    private static List<Fault> faults(FormField.Type type, String value) {
        var form = new Form("F", "Form", List.of(new FormField("it", "It", null, type, List.of(), false, false)));
        var catalog = new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(new CallType("C", "Call", null, null, "F", null)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(form),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        ObjectNode record = Json.object().put("disposition", "DONE");
        record.putObject("fields").put("it", value);
        return RecordCheck.faults(record, catalog, WrapUpPolicy.byDefault(1), "C");
    }
}
