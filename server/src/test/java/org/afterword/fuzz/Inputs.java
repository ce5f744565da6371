package org.afterword.fuzz;

import java.io.IOException;
import java.util.Random;

/** All kinds of inputs, in the shares in which they are sent. */
final class Inputs {
    private final EventInputs events;
    private final RecordInputs records;
    private final QueryInputs queries;
    private final DocumentInputs documents;
    private final PageInputs pages;

    Inputs(World world) throws IOException, InterruptedException {
        events = new EventInputs(world);
        records = new RecordInputs(world);
        queries = new QueryInputs(world, world.openApi());
        documents = new DocumentInputs(world);
        pages = new PageInputs(world, world.mapping());
    }

    Input next(Random random) {
        int kind = random.nextInt(100);
        if (kind < 8) {
            return events.batch(random);
        }
        if (kind < 26) {
            return events.single(random);
        }
        if (kind < 52) {
            return records.next(random);
        }
        if (kind < 74) {
            return queries.next(random);
        }
        if (kind < 80) {
            return pages.next(random);
        }
        return kind < 98 ? documents.next(random) : RawInputs.next(random);
    }
}
