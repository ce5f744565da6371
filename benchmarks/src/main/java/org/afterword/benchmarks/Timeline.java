package org.afterword.benchmarks;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/** A floor's events without end, in their order: customers call independently of each other, and each contact takes its time. */
final class Timeline {
    /** What is due {@code seconds} after zero, which may be before it. */
    record Due(double seconds, Contact contact, Contact.Step step) {
        boolean isHangUp() {
            return step.type().equals("ended");
        }
    }

    private final Deck deck;
    private final double contactsPerSecond;
    private final Random random;
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingDouble(Due::seconds));
    private double nextContactAt;

    /** @param from before zero by at least the length of a contact: then the floor is in its full run at zero */
    Timeline(Deck deck, double contactsPerSecond, double from, Random random) {
        this.deck = deck;
        this.contactsPerSecond = contactsPerSecond;
        this.nextContactAt = from;
        this.random = random;
    }

    Due next() {
        while (due.isEmpty() || due.peek().seconds() >= nextContactAt) {
            begin(deck.next());
            nextContactAt += -Math.log(1 - random.nextDouble()) / contactsPerSecond;
        }
        return due.remove();
    }

    /** What is over at zero has left nothing to do. */
    private void begin(Contact contact) {
        if (nextContactAt + contact.seconds() >= 0) {
            for (Contact.Step step : contact.steps()) {
                due.add(new Due(nextContactAt + step.seconds(), contact, step));
            }
        }
    }
}
