package org.afterword.drafting.internal.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.CatalogItem;
import org.afterword.catalog.FormField;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the published sets themselves, where they lie beside the checkout. */
class PublishedSetsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"banking77, 77", "natcs, 40", "restaurant8k, 0", "harper-valley, 8", "abcd, 55", "maia-dqe, 0"})
    void everyTruthIsInTheCatalogAndTheSetCanBeReadBack(String name, int leaves) throws IOException {
        LabelledSet set = converter(name).convert(data(name));
        Catalog catalog = set.catalog();
        Set<String> codes =
                catalog.leafDispositions().stream().map(CatalogItem::code).collect(Collectors.toSet());
        Set<String> fields = catalog.forms().stream()
                .flatMap(form -> form.fields().stream())
                .map(FormField::name)
                .collect(Collectors.toSet());

        assertThat(codes).hasSizeGreaterThanOrEqualTo(leaves);
        assertThat(set.contacts()).isNotEmpty();
        for (LabelledContact contact :
                Stream.concat(set.contacts().stream(), set.confirmed().stream()).toList()) {
            LabelledContact.Truth truth = contact.truth();
            assertThat(contact.turns()).as(contact.id()).isNotEmpty();
            assertThat(truth.disposition() == null || codes.contains(truth.disposition()))
                    .as(contact.id())
                    .isTrue();
            if (truth.fields() != null) {
                assertThat(fields).as(contact.id()).containsAll(truth.fields().keySet());
            }
        }
        set.write(folder);
        assertThat(LabelledSet.read(folder)).isEqualTo(set);
    }

    private static Converter converter(String name) {
        return Converter.ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path data(String name) {
        String sets = System.getProperty("afterword.data");
        Path data = sets != null
                ? Path.of(sets)
                : Path.of("..", "..", "shared", "data").toAbsolutePath().normalize();
        return Optional.of(data.resolve(name))
                .filter(Files::isDirectory)
                .orElseGet(() -> abort(
                        "For want of data: %s is not beside the checkout (../shared/data/%s) and".formatted(name, name)
                                + " -Dafterword.data names no other folder."));
    }
}
