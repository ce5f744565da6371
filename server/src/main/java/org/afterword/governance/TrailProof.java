package org.afterword.governance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.afterword.governance.internal.ChainCheck;
import org.afterword.governance.internal.ChainRepository;
import org.afterword.governance.internal.Chained;
import org.afterword.governance.internal.TrailFile;
import org.afterword.platform.Tenancy;
import org.afterword.platform.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * Proves that a tenant's trail is whole, from the database or from an export, and makes such exports. Reads page by page: it takes
 * little memory, and holds nobody up beside a running server. What is linked meanwhile is proved too; decision 0015 says what
 * is proved, and what is not.
 */
public final class TrailProof {
    private static final int PAGE = 2000;

    private final ChainRepository chain;
    private final Tenancy tenancy;
    private final Trail trail;

    public TrailProof(ChainRepository chain, Tenancy tenancy, Trail trail) {
        this.chain = chain;
        this.tenancy = tenancy;
        this.trail = trail;
    }

    /**
     * Looks through the whole trail in the database.
     *
     * @param noted    a head of an earlier run, which the trail must still contain; null = none was noted
     * @param progress is told after each entry how many are proved
     */
    public TrailReport verify(TenantId tenant, @Nullable ChainHead noted, LongConsumer progress) {
        var check = new ChainCheck(tenant, noted, progress);
        check.walk(new Linked(tenant));
        new Unlinked(tenant).forEachRemaining(check::unlinked);
        return check.report();
    }

    /**
     * Looks through an export; needs no database.
     *
     * @throws IOException              if the file cannot be read
     * @throws IllegalArgumentException if it does not begin as an export does; what else it holds is a matter for the report
     */
    public static TrailReport verify(Path file, @Nullable ChainHead noted, LongConsumer progress) throws IOException {
        try (var lines = new TrailFile.Reader(file)) {
            var check = new ChainCheck(tenantOf(lines), noted, progress);
            try {
                check.walk(lines.linked());
                while (lines.hasNext()) {
                    Chained place = lines.next();
                    if (place.link() == null) {
                        check.unlinked(place);
                    } else if (!check.foundFault()) {
                        check.unreadable("a link stands behind entries that have none");
                    }
                }
            } catch (TrailFile.Unreadable e) {
                check.unreadable(String.valueOf(e.getMessage()));
            }
            return check.report();
        }
    }

    private static TenantId tenantOf(TrailFile.Reader lines) {
        try {
            return lines.tenant();
        } catch (TrailFile.Unreadable e) {
            throw new IllegalArgumentException("it is no export of a trail: " + e.getMessage(), e);
        }
    }

    /**
     * Writes the whole trail into a new file for its owner alone, and removes that where it cannot be finished. Exports what there
     * is, whether it is whole or not, and notes that in the trail.
     *
     * @param progress is told after each entry how many are written
     * @return how many entries there were
     * @throws IOException {@link java.nio.file.FileAlreadyExistsException} if the file is there, or what writing it came to
     */
    public long export(TenantId tenant, Path file, LongConsumer progress) throws IOException {
        long written = 0;
        var writer = new TrailFile.Writer(file, tenant);
        boolean done = false;
        try (writer) {
            tenancy.run(tenant, () -> trail.record(Trail.SYSTEM, "trail.exported", "trail:" + tenant, Map.of()));
            for (Iterator<Chained> all : List.of(new Linked(tenant), new Unlinked(tenant))) {
                while (all.hasNext()) {
                    writer.add(all.next());
                    progress.accept(++written);
                }
            }
            writer.end();
            done = true;
        } finally {
            if (!done) {
                Files.deleteIfExists(file);
            }
        }
        return written;
    }

    /** Page by page, each in a transaction of its own. */
    private abstract class Pages implements Iterator<Chained> {
        private Iterator<Chained> page = List.<Chained>of().iterator();
        private boolean more = true;

        /** The next page; an empty one is the last. */
        abstract List<Chained> read();

        @Override
        public boolean hasNext() {
            while (more && !page.hasNext()) {
                List<Chained> next = read();
                more = !next.isEmpty();
                page = next.iterator();
            }
            return page.hasNext();
        }

        @Override
        public Chained next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }

    private final class Linked extends Pages {
        private final TenantId tenant;
        private long sequence;

        Linked(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        List<Chained> read() {
            List<Chained> page = tenancy.in(tenant, () -> chain.linkedAfter(tenant, sequence, PAGE));
            if (!page.isEmpty()) {
                sequence = Objects.requireNonNull(page.getLast().link()).sequence();
            }
            return page;
        }
    }

    private final class Unlinked extends Pages {
        private final TenantId tenant;
        private ChainRepository.@Nullable Position position = ChainRepository.Position.START;

        Unlinked(TenantId tenant) {
            this.tenant = tenant;
        }

        @Override
        List<Chained> read() {
            while (position != null) {
                ChainRepository.Position from = position;
                ChainRepository.Unlinked found = tenancy.in(tenant, () -> chain.unlinkedAfter(tenant, from, PAGE));
                position = found.last();
                if (!found.entries().isEmpty()) {
                    return found.entries();
                }
            }
            return List.of();
        }
    }
}
