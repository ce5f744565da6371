package org.afterword;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What docs/security.md names as proof is there, and no requirement of the standard's first two levels is missing. */
class SecurityDocumentTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = ROOT.resolve("docs/security.md");

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");
    private static final Pattern FILE = Pattern.compile("`([\\w.-]+(?:/[\\w.-]+)*\\.(?:java|jte|js|xml|yaml|md|sql))`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
    private static final Pattern LINE =
            Pattern.compile("^\\| (\\d+)\\.\\d+\\.\\d+ \\| [^|]+ \\| (yes|partly|no|–) \\| [^|]{3,} \\|$");

    /** Levels 1 and 2 of version 5.0.0 by chapter: 253 in all. */
    private static final Map<Integer, Integer> REQUIREMENTS = Map.ofEntries(
            Map.entry(1, 27),
            Map.entry(2, 11),
            Map.entry(3, 19),
            Map.entry(4, 10),
            Map.entry(5, 9),
            Map.entry(6, 35),
            Map.entry(7, 18),
            Map.entry(8, 7),
            Map.entry(9, 7),
            Map.entry(10, 29),
            Map.entry(11, 14),
            Map.entry(12, 9),
            Map.entry(13, 13),
            Map.entry(14, 9),
            Map.entry(15, 13),
            Map.entry(16, 16),
            Map.entry(17, 7));

    private final String document = read(DOCUMENT);

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, Path> tests = tests();
        for (MatchResult named : TEST.matcher(document).results().toList()) {
            Path file = tests.get(named.group(1));
            assertThat(file).as(named.group()).isNotNull();
            if (named.group(2) != null) {
                assertThat(read(Objects.requireNonNull(file)))
                        .as(named.group())
                        .contains("void " + named.group(2) + "(");
            }
        }
    }

    @Test
    void everyFileThatIsNamedExists() {
        Stream.concat(
                        FILE.matcher(document).results().map(found -> ROOT.resolve(found.group(1))),
                        LINK.matcher(document).results().map(found -> DOCUMENT.resolveSibling(found.group(1))))
                .forEach(file -> assertThat(file).exists());
    }

    @Test
    void everyRequirementHasALineAndAnAnswer() {
        List<String> lines =
                document.lines().filter(line -> line.matches("\\| \\d+\\..*")).toList();

        assertThat(lines).allMatch(line -> LINE.matcher(line).matches());
        assertThat(lines).extracting(line -> line.split("\\|")[1]).doesNotHaveDuplicates();
        Map<Integer, Integer> counted = new TreeMap<>();
        lines.stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(found -> counted.merge(Integer.valueOf(found.group(1)), 1, Integer::sum));
        assertThat(counted).isEqualTo(new TreeMap<>(REQUIREMENTS));
    }

    private static Map<String, Path> tests() throws IOException {
        var tests = new TreeMap<String, Path>();
        for (String folder : List.of("server/src/test/java", "e2e/src/test/java")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith("Test.java"))
                        .forEach(file ->
                                tests.put(String.valueOf(file.getFileName()).replace(".java", ""), file));
            }
        }
        return tests;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
