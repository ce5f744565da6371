package org.afterword.governance.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.afterword.governance.ChainHead;
import org.afterword.governance.TrailProof;
import org.afterword.governance.TrailReport;
import org.afterword.platform.TenantId;

/** What may happen to an export on its way, by accident or on purpose. */
class TrailFilePropertiesTest {
    private static final TenantId NORTH = new TenantId("north");
    private static final Instant START = Instant.parse("2026-03-02T09:00:00.000001Z");

    private enum Deed {
        CHANGE,
        REMOVE,
        INSERT,
        EXCHANGE
    }

    @Property(tries = 400)
    void anyChangedByteIsFound(
            @ForAll("trails") List<Chained> trail,
            @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long place,
            @ForAll @IntRange(min = 1, max = 255) int difference)
            throws IOException {
        byte[] bytes = written(trail);
        int at = (int) (place % bytes.length);

        bytes[at] ^= (byte) difference;

        assertThat(isWhole(bytes)).isFalse();
    }

    @Property(tries = 100)
    void anyCutIsFound(
            @ForAll("trails") List<Chained> trail, @ForAll @LongRange(min = 0, max = Integer.MAX_VALUE) long place)
            throws IOException {
        byte[] bytes = written(trail);

        byte[] cut = Arrays.copyOf(bytes, (int) (place % bytes.length));

        assertThat(isWhole(cut)).isFalse();
    }

    /** By somebody who writes a file anew that fits in itself, but cannot compute the chain anew without being seen by its head. */
    @Property(tries = 300)
    void whoeverTampersAndWritesTheFileAnewIsSeen(
            @ForAll("trails") List<Chained> trail, @ForAll Deed deed, @ForAll @IntRange(min = 0, max = 39) int place)
            throws IOException {
        int at = place % (trail.size() - 1);
        var tampered = new ArrayList<>(trail);
        switch (deed) {
            case CHANGE -> tampered.set(at, withActor(trail.get(at), "user:mallory"));
            case REMOVE -> tampered.remove(at);
            case INSERT -> tampered.add(at + 1, withActor(trail.get(at), "user:mallory"));
            case EXCHANGE -> Collections.swap(tampered, at, at + 1);
        }

        TrailReport.Fault fault =
                Objects.requireNonNull(verify(written(tampered)).fault(), "something is wrong");

        assertThat(fault.sequence()).isEqualTo(deed == Deed.INSERT ? at + 2 : at + 1);
    }

    @Property(tries = 50)
    void whatNobodyTouchedIsWholeAndForItsOwnerAlone(@ForAll("trails") List<Chained> trail) throws IOException {
        Path file = Files.createTempDirectory("trail-").resolve("trail.jsonl");
        write(file, trail);
        String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        TrailReport report = TrailProof.verify(file, null, proved -> {});
        Files.delete(file);
        Files.delete(file.getParent());

        assertThat(report.fault()).isNull();
        assertThat(report.proved()).isEqualTo(trail.size());
        assertThat(permissions).isEqualTo("rw-------");
    }

    /** The encoding is part of the format: exports of old releases are proved by new ones. */
    @Example
    void theHashesAreThoseThatTheDecisionDescribes() {
        var content = new Chained.Content("000102030405060708090a0b0c0d0e0f", "{\"reason\":\"mistake\"}");
        String digest = Fingerprint.ofContent(content);
        String hash = Fingerprint.ofLink(
                ChainHead.NONE.hash(),
                1,
                "north",
                new Chained.Key(START, 42),
                new Chained.Entry("user:ann", "thing.done", "thing:1", digest),
                START.plusSeconds(1));

        assertThat(digest).isEqualTo("fe775157b4f8b547ba88a3e07fe9e5b673b2dd4ab7a986455325ece06f2521f4");
        assertThat(hash).isEqualTo("76ebf5f08274c0b1771c129e72204ab77b6509623be720063dcee3a2bb075fdd");
    }

    @Provide
    Arbitrary<List<Chained>> trails() {
        Arbitrary<String> texts = Arbitraries.of("user:ann", "token:01h", "", "Zürich \"x\"\n", "☎", "a|b");
        Arbitrary<List<String>> said = texts.list().ofSize(3);
        return Combinators.combine(said, Arbitraries.integers().between(0, 2))
                .as((words, kind) -> new Said(words, kind))
                .list()
                .ofMinSize(2)
                .ofMaxSize(40)
                .map(TrailFilePropertiesTest::chained);
    }

    private record Said(List<String> words, int kind) {}

    /** @return a chain over entries without content, with content, and with content that was erased */
    private static List<Chained> chained(List<Said> all) {
        var chained = new ArrayList<Chained>();
        ChainHead head = ChainHead.NONE;
        for (Said said : all) {
            long sequence = head.sequence() + 1;
            Instant at = START.plusMillis(sequence);
            var key = new Chained.Key(at, sequence * 3);
            var content = new Chained.Content("ab".repeat(16), "{\"n\":" + sequence + "}");
            var entry = new Chained.Entry(
                    said.words.get(0),
                    said.words.get(1),
                    said.words.get(2),
                    said.kind == 0 ? "" : Fingerprint.ofContent(content));
            String hash = Fingerprint.ofLink(head.hash(), sequence, NORTH.value(), key, entry, at.plusSeconds(1));
            head = new ChainHead(sequence, hash);
            var link = new Chained.Link(sequence, at.plusSeconds(1), hash);
            chained.add(Chained.linked(key, link, entry, said.kind == 1 ? content : null));
        }
        return chained;
    }

    private static Chained withActor(Chained place, String actor) {
        Chained.Entry entry = Objects.requireNonNull(place.entry());
        return Chained.linked(
                place.key(),
                Objects.requireNonNull(place.link()),
                new Chained.Entry(actor, entry.kind(), entry.subject(), entry.digest()),
                place.content());
    }

    private static byte[] written(List<Chained> trail) throws IOException {
        Path file = Files.createTempDirectory("trail-").resolve("trail.jsonl");
        write(file, trail);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(file.getParent());
        return bytes;
    }

    private static void write(Path file, List<Chained> trail) throws IOException {
        try (var writer = new TrailFile.Writer(file, NORTH)) {
            for (Chained place : trail) {
                writer.add(place);
            }
            writer.end();
        }
    }

    /** False also for what is no export any more. */
    private static boolean isWhole(byte[] bytes) throws IOException {
        try {
            return verify(bytes).isWhole();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static TrailReport verify(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("trail-", ".jsonl");
        try {
            Files.write(file, bytes);
            return TrailProof.verify(file, null, proved -> {});
        } finally {
            Files.delete(file);
        }
    }
}
