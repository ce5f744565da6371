package org.afterword.delivery.internal;

import static org.afterword.delivery.internal.OutletContract.again;
import static org.afterword.delivery.internal.OutletContract.event;
import static org.afterword.delivery.internal.OutletContract.first;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.afterword.platform.Json;
import org.afterword.platform.TenantId;
import org.afterword.platform.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class JsonLinesDeliveryTest implements OutletContract {
    @TempDir
    Path folder;

    final TestClock clock = TestClock.at("2026-03-02T09:00:00Z");

    @Override
    public Outlet outlet() {
        return new JsonLinesDelivery(folder, TenantId.DEFAULT, clock);
    }

    @Override
    public List<String> arrived() throws IOException {
        return Files.notExists(file())
                ? List.of()
                : Files.readAllLines(file()).stream()
                        .map(line -> ((ObjectNode) Json.read(line)).without(List.of("deliveryid", "writtenat")))
                        .map(Json::write)
                        .toList();
    }

    /** A file stands where the tenant's folder has to be. */
    @Override
    public void breakDown() throws IOException {
        Files.createFile(folder.resolve("default"));
    }

    @Override
    public void mend() throws IOException {
        Files.delete(folder.resolve("default"));
    }

    /** Whoever writes a line and then dies has told nobody; the line is there all the same. */
    @Override
    public void loseTheNextAnswer() {}

    private Path file() {
        return folder.resolve("default/2026-03.jsonl");
    }

    @Test
    void whatCustomersSaidIsNotForEverybodyOnTheMachine() throws IOException {
        outlet().deliver(first("d1", event("one")));

        assertThat(Files.getPosixFilePermissions(file()))
                .doesNotContain(PosixFilePermission.OTHERS_READ, PosixFilePermission.GROUP_WRITE);
    }

    @Test
    void eachLineTellsItsDelivery() throws IOException {
        outlet().deliver(first("d1", event("one")));

        assertThat(Files.readString(file()))
                .startsWith("{\"deliveryid\":\"d1\",\"writtenat\":\"2026-03-02T09:00:00.000Z\",")
                .endsWith("}\n");
    }

    @Test
    void aLineThatACrashCutOffIsWrittenAnew() throws IOException {
        outlet().deliver(first("d1", event("one")));
        Files.writeString(file(), "{\"deliveryid\":\"d2\",\"wri", StandardOpenOption.APPEND);

        outlet().deliver(again("d2", event("two")));

        assertThat(arrived()).containsExactly(event("one"), event("two"));
    }

    @Test
    void aLineThatLacksOnlyItsEndIsKept() throws IOException {
        outlet().deliver(first("d1", event("one")));
        String whole = Files.readString(file());
        Files.writeString(file(), whole.substring(0, whole.length() - 1));

        outlet().deliver(again("d1", event("one")));
        outlet().deliver(first("d2", event("two")));

        assertThat(arrived()).containsExactly(event("one"), event("two"));
    }

    @Test
    void aRepeatIsFoundBehindMoreThanOneBlockOfOtherLines() throws IOException {
        outlet().deliver(first("d0", event("zero")));
        for (int i = 1; i <= 50; i++) {
            outlet().deliver(first("d" + i, event("x".repeat(5000) + i)));
        }

        outlet().deliver(again("d0", event("zero")));

        assertThat(arrived()).hasSize(51);
    }

    @Test
    void aRepeatIsLookedForAmongLinesOfSomebodyElse() throws IOException {
        outlet().deliver(first("d1", event("one")));
        Files.writeString(file(), "# seen by the night shift\n\n[]\n", StandardOpenOption.APPEND);

        outlet().deliver(again("d1", event("one")));

        assertThat(Files.readAllLines(file())).hasSize(4);
    }

    @Test
    void theSearchGoesBackNoFurtherThanTheFirstTry() throws IOException {
        outlet().deliver(first("d1", event("one")));
        outlet().deliver(first("d2", event("two")));
        clock.advance(Duration.ofHours(1));

        outlet().deliver(new Message("d1", EVENT_AT, event("one"), clock.instant()));

        assertThat(arrived()).containsExactly(event("one"), event("two"), event("one"));
    }

    @Test
    void linesOfManyThreadsStayWhole() throws IOException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 100)
                    .forEach(i -> threads.execute(() -> outlet().deliver(first("d" + i, event("n" + i)))));
        }

        assertThat(arrived()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void theMonthOfTheEventChoosesTheFile() throws IOException {
        clock.advance(Duration.ofDays(40));

        outlet().deliver(again("d1", event("one")));

        assertThat(arrived()).containsExactly(event("one"));
    }
}
