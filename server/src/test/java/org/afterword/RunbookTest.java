package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever is woken by an alarm finds what it means. */
class RunbookTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void eachAlarmHasItsSectionAndEachSectionItsAlarm() throws IOException {
        assertThat(all("\\*\\*(Afterword\\w+)\\*\\*", "docs/operations.md"))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        all("- alert: (\\w+)", "packaging/prometheus/afterword-alerts.yml"));
    }

    @Test
    void anAlarmGoesByFiguresThatTheListExplains() throws IOException {
        String explained = Files.readString(ROOT.resolve("docs/operations.md"));

        assertThat(all("\\b(afterword_\\w+)", "packaging/prometheus/afterword-alerts.yml"))
                .isNotEmpty()
                .allSatisfy(
                        figure -> assertThat(explained).contains(figure.replaceAll("_(count|sum|max|bucket)$", "")));
    }

    private static List<String> all(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(ROOT.resolve(file)))
                .results()
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }
}
