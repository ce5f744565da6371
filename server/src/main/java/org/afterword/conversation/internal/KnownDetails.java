package org.afterword.conversation.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.afterword.conversation.Channel;
import org.afterword.conversation.ContactEvent.Envelope;
import org.afterword.conversation.Direction;
import org.afterword.conversation.InteractionDetails;
import org.afterword.conversation.InteractionDetails.Customer;
import org.jspecify.annotations.Nullable;

/**
 * Each detail of an interaction with the event that told it last. A later one wins, whatever the order of arrival; what was
 * told of another customer than the present one does not show.
 *
 * @param facts by name, {@code queue}, {@code customer.name}, {@code attributes.plan} …
 */
public record KnownDetails(Map<String, Fact> facts) {
    static final KnownDetails NOTHING = new KnownDetails(Map.of());
    private static final String ATTRIBUTES = "attributes.";

    /**
     * @param at       effective time of the event that told it
     * @param time     as its sender says, which decides where several senders' clocks run ahead
     * @param customer the customer's id that came with it
     */
    public record Fact(
            String value,
            Instant at,
            Instant time,
            String key,
            @Nullable String customer) implements Comparable<Fact> {
        private static final Comparator<Fact> ORDER =
                Comparator.comparing(Fact::at).thenComparing(Fact::time).thenComparing(Fact::key);

        @Override
        public int compareTo(Fact other) {
            return ORDER.compare(this, other);
        }
    }

    public KnownDetails {
        facts = facts == null ? Map.of() : Map.copyOf(facts);
    }

    KnownDetails with(InteractionDetails told, Envelope envelope, EventKey key) {
        Customer customer = told.customer();
        String customerId = customer == null ? null : customer.id();
        Map<String, Fact> merged = new TreeMap<>(facts);
        values(told).forEach((name, value) -> {
            var fact = new Fact(value, envelope.effectiveTime(), envelope.time(), key.value(), customerId);
            merged.merge(name, fact, (known, told2) -> known.compareTo(told2) >= 0 ? known : told2);
        });
        return new KnownDetails(merged);
    }

    public InteractionDetails details() {
        String channel = value("channel");
        String direction = value("direction");
        Map<String, String> attributes = new TreeMap<>();
        facts.forEach((name, fact) -> {
            if (name.startsWith(ATTRIBUTES)) {
                attributes.put(name.substring(ATTRIBUTES.length()), fact.value());
            }
        });
        return new InteractionDetails(
                channel == null ? null : Channel.valueOf(channel),
                direction == null ? null : Direction.valueOf(direction),
                value("queue"),
                value("campaign"),
                value("client"),
                value("callType"),
                customer(),
                attributes);
    }

    private @Nullable Customer customer() {
        String id = value("customer.id");
        var customer = new Customer(
                id,
                ofCustomer(id, "customer.name"),
                ofCustomer(id, "customer.phone"),
                ofCustomer(id, "customer.email"),
                ofCustomer(id, "customer.address"));
        return customer.equals(new Customer(null, null, null, null)) ? null : customer;
    }

    private @Nullable String ofCustomer(@Nullable String id, String name) {
        Fact fact = facts.get(name);
        return fact == null || fact.customer() != null && !fact.customer().equals(id) ? null : fact.value();
    }

    private @Nullable String value(String name) {
        Fact fact = facts.get(name);
        return fact == null ? null : fact.value();
    }

    private static Map<String, String> values(InteractionDetails told) {
        Map<String, String> values = new TreeMap<>();
        put(values, "channel", told.channel());
        put(values, "direction", told.direction());
        put(values, "queue", told.queue());
        put(values, "campaign", told.campaign());
        put(values, "client", told.client());
        put(values, "callType", told.callType());
        Customer customer = told.customer();
        if (customer != null) {
            put(values, "customer.id", customer.id());
            put(values, "customer.name", customer.name());
            put(values, "customer.phone", customer.phone());
            put(values, "customer.email", customer.email());
            put(values, "customer.address", customer.address());
        }
        told.attributes().forEach((name, value) -> put(values, ATTRIBUTES + name, value));
        return values;
    }

    private static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }
}
