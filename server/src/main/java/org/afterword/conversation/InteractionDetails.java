package org.afterword.conversation;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.afterword.platform.Sha256;
import org.jspecify.annotations.Nullable;

/** What is known of an interaction beside its words; each value may become known later, and the latest one holds. */
public record InteractionDetails(
        @Nullable Channel channel,
        @Nullable Direction direction,
        @Nullable String queue,
        @Nullable String campaign,
        @Nullable String client,
        @Nullable String callType,
        @Nullable Customer customer,
        Map<String, String> attributes) {

    public static final InteractionDetails UNKNOWN =
            new InteractionDetails(null, null, null, null, null, null, null, Map.of());

    /** The customer as the sender knows them; texts are redacted. */
    public record Customer(
            @Nullable String id,
            @Nullable String name,
            @Nullable String phone,
            @Nullable String email,
            @Nullable String address) {
        private static final int KEY_BYTES = 12;

        /** Whose address nobody told. */
        public Customer(@Nullable String id, @Nullable String name, @Nullable String phone, @Nullable String email) {
            this(id, name, phone, email, null);
        }

        /** Whether what both know first of id, telephone number and e-mail address is the same. */
        public boolean isSameAs(Customer other) {
            return Boolean.TRUE.equals(compared(other));
        }

        /** Whether what both know first of id, telephone number and e-mail address differs. */
        public boolean isOtherThan(Customer other) {
            return Boolean.FALSE.equals(compared(other));
        }

        /**
         * A fingerprint by which the same customer is known again where nothing else of them is to be kept: of what is known first of
         * id, telephone number and e-mail address; null where none is.
         */
        public @Nullable String key() {
            String known = id != null
                    ? "id " + id
                    : phone != null
                            ? "phone " + digits(phone)
                            : email != null ? "email " + email.toLowerCase(Locale.ROOT) : null;
            return known == null ? null : HexFormat.of().formatHex(Sha256.of(known), 0, KEY_BYTES);
        }

        private @Nullable Boolean compared(Customer other) {
            if (id != null && other.id != null) {
                return id.equals(other.id);
            }
            if (phone != null && other.phone != null) {
                return digits(phone).equals(digits(other.phone));
            }
            return email == null || other.email == null ? null : email.equalsIgnoreCase(other.email);
        }

        /** However people write it. */
        private static String digits(String phone) {
            return phone.replaceAll("\\D", "");
        }

        Customer over(Customer other) {
            return new Customer(
                    id == null ? other.id : id,
                    name == null ? other.name : name,
                    phone == null ? other.phone : phone,
                    email == null ? other.email : email,
                    address == null ? other.address : address);
        }
    }

    public InteractionDetails {
        attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }

    /** What this does not say, {@code other} says. */
    public InteractionDetails over(InteractionDetails other) {
        var told = new HashMap<>(other.attributes);
        told.putAll(attributes);
        return new InteractionDetails(
                channel == null ? other.channel : channel,
                direction == null ? other.direction : direction,
                queue == null ? other.queue : queue,
                campaign == null ? other.campaign : campaign,
                client == null ? other.client : client,
                callType == null ? other.callType : callType,
                customer == null || other.customer == null
                        ? customer == null ? other.customer : customer
                        : customer.over(other.customer),
                told);
    }

    /** Voice where nobody said otherwise: the channel that takes all of an agent. */
    public Channel channelOrVoice() {
        return channel == null ? Channel.VOICE : channel;
    }
}
