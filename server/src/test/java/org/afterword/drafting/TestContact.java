package org.afterword.drafting;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.afterword.catalog.CallType;
import org.afterword.catalog.Catalog;
import org.afterword.catalog.Checklist;
import org.afterword.catalog.Complexity;
import org.afterword.catalog.Disposition;
import org.afterword.catalog.Form;
import org.afterword.catalog.FormField;
import org.afterword.catalog.FormField.Type;
import org.afterword.catalog.Reason;
import org.afterword.catalog.Tag;
import org.afterword.drafting.DraftInput.Contact;
import org.afterword.drafting.DraftInput.DesktopAction;
import org.afterword.drafting.DraftInput.Note;
import org.afterword.drafting.DraftInput.Speaker;
import org.afterword.drafting.DraftInput.Turn;
import org.jspecify.annotations.Nullable;

/** A contact with a small bank that also books trips, on Monday 2 March 2026 from nine in New York, a turn every ten seconds. */
public final class TestContact {
    public static final ZoneId ZONE = ZoneId.of("America/New_York");
    public static final LocalDate DAY = LocalDate.of(2026, 3, 2);
    private static final Instant START = DAY.atTime(9, 0).atZone(ZONE).toInstant();

    private final List<Turn> turns = new ArrayList<>();
    private final List<DesktopAction> actions = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private @Nullable String callType;
    private @Nullable String name;
    private @Nullable String phone;
    private @Nullable String email;
    private @Nullable String address;
    private boolean ended = true;
    private Catalog catalog = bank();

    public static TestContact aContact() {
        return new TestContact();
    }

    public TestContact agent(String text) {
        return say(Speaker.AGENT, text);
    }

    public TestContact customer(String text) {
        return say(Speaker.CUSTOMER, text);
    }

    public TestContact action(String name, Map<String, String> parameters) {
        actions.add(new DesktopAction("action-" + actions.size(), name, parameters, Map.of(), now().minusSeconds(1)));
        return this;
    }

    /** Keywords, typed a minute after the beginning. */
    public TestContact noted(String keywords) {
        notes.add(new Note("w-" + notes.size(), keywords, START.plusSeconds(60)));
        return this;
    }

    /** What other systems have of the customer; null where they have nothing. */
    public TestContact knownAs(
            @Nullable String itsName,
            @Nullable String itsPhone,
            @Nullable String itsEmail,
            @Nullable String itsAddress) {
        name = itsName;
        phone = itsPhone;
        email = itsEmail;
        address = itsAddress;
        return this;
    }

    public TestContact ofType(String code) {
        callType = code;
        return this;
    }

    public TestContact with(Catalog other) {
        catalog = other;
        return this;
    }

    public TestContact stillOn() {
        ended = false;
        return this;
    }

    public DraftInput input() {
        var contact = new Contact("voice", "inbound", null, null, callType, null, name, phone, email, address);
        return new DraftInput(contact, turns, actions, ended, ZONE, DAY, catalog, notes);
    }

    /** The draft of an engine whose embedder knows words only, no meaning: fast, and the same everywhere. */
    public Draft draft() {
        return new DraftingEngine(new WordEmbedder()).draft(input(), ConfirmedExamples.NONE);
    }

    private TestContact say(Speaker speaker, String text) {
        turns.add(new Turn(turns.size(), speaker, text, now(), null, null, null));
        return this;
    }

    private Instant now() {
        return START.plusSeconds(10L * turns.size());
    }

    /** Of whoever has not said yet what its contacts are about. */
    public static Catalog nothing() {
        return new Catalog(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), List.of(), List.of());
    }

    public static Catalog bank() {
        var transfer = new Form(
                "transfer",
                "Transfer",
                List.of(
                        field("amount", "Amount", "The amount of money to transfer", Type.AMOUNT),
                        field("recipient_name", "Recipient", "Name of the recipient of the money", Type.NAME),
                        choice("account_type", "Account", "The account of the customer", "checking", "savings")));
        var trip = new Form(
                "trip",
                "Trip",
                List.of(
                        field("origin", "From", "City the trip starts from", Type.PLACE),
                        field("destination", "To", "City the trip goes to", Type.PLACE),
                        field("departure_date", "Departure", "Date of departure", Type.DATE),
                        field("return_date", "Return", "Date of return", Type.DATE),
                        field("departure_time", "Time", "Time of departure", Type.TIME),
                        choice("travelers", "Travelers", "Number of people who travel", "1", "2", "3", "4"),
                        choice(
                                "seating_class",
                                "Class",
                                "Seating class of the ticket",
                                "Economy",
                                "Premium Economy",
                                "Business"),
                        choice("refundable", "Refundable", "Whether the ticket is refundable", "True", "False")));
        return new Catalog(
                List.of(),
                List.of(),
                List.of(),
                List.of(
                        new CallType(
                                "banking",
                                "Banking",
                                "Accounts, cards and transfers",
                                Complexity.LOW,
                                "transfer",
                                null),
                        new CallType("travel", "Travel", "Flights and trips", Complexity.MEDIUM, "trip", null)),
                List.of(),
                List.of(
                        new Reason("TransferMoney", "Transfer money", "Transfer money to another account", "banking"),
                        new Reason("CheckBalance", "Check balance", "Check the balance of an account", "banking"),
                        new Reason(
                                "LostCard",
                                "Lost card",
                                "Customer lost a debit or credit card and needs a new one",
                                "banking"),
                        new Reason("BookFlight", "Book flight", "Find and book a flight to a city", "travel")),
                List.of(
                        new Disposition("transfer-done", "Transfer money", "Money was transferred", null, List.of()),
                        new Disposition(
                                "balance-told",
                                "Check balance",
                                "The balance of the account was told",
                                null,
                                List.of()),
                        new Disposition(
                                "card-replaced",
                                "Lost card",
                                "A lost debit or credit card was replaced",
                                null,
                                List.of()),
                        new Disposition(
                                "flight-booked", "Book flight", "A flight to a city was booked", null, List.of())),
                List.of(new Tag("fraud", "Fraud", null)),
                List.of(transfer, trip),
                List.of(new Checklist(
                        "default",
                        "Default",
                        List.of(
                                new Checklist.Item("summary", "Summary", "summary", List.of(), List.of()),
                                new Checklist.Item("status", "Status", "resolution", List.of(), List.of()),
                                new Checklist.Item("follow-up", "Follow-up", "followUps", List.of(), List.of()),
                                new Checklist.Item(
                                        "verified",
                                        "Identity verified",
                                        null,
                                        List.of("May I have your date of birth?"),
                                        List.of("VerifyCustomer"))))),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static FormField field(String name, String label, String description, Type type) {
        return new FormField(name, label, description, type, List.of(), false, false);
    }

    private static FormField choice(String name, String label, String description, String... choices) {
        return new FormField(name, label, description, Type.CHOICE, List.of(choices), false, false);
    }
}
