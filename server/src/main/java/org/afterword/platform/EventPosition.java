package org.afterword.platform;

/**
 * A place in a tenant's event log. Ordered by the writing transaction, then by number, which is the order in which readers
 * below the oldest running transaction see events.
 *
 * @param transaction the transaction's id in its database cluster and an offset that keeps it growing when the log moves to another
 *                    cluster (decision 0018)
 */
public record EventPosition(long transaction, long number) implements Comparable<EventPosition> {
    public static final EventPosition START = new EventPosition(0, 0);

    /** Reads the text form; throws {@link IllegalArgumentException} if it is not one. */
    public static EventPosition parse(String text) {
        int dash = text.indexOf('-');
        if (dash > 0) {
            try {
                return new EventPosition(
                        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
            } catch (NumberFormatException e) {
                // falls through to the one message below
            }
        }
        throw new IllegalArgumentException("'%s' is not a position in the event log".formatted(text));
    }

    /** A text that sorts as positions do, of the same length for all of them. */
    public String sortable() {
        return "%020d-%019d".formatted(transaction, number);
    }

    @Override
    public int compareTo(EventPosition other) {
        int order = Long.compare(transaction, other.transaction);
        return order != 0 ? order : Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return transaction + "-" + number;
    }
}
