package org.afterword.demo.internal;

import java.util.SplittableRandom;
import org.afterword.demo.internal.Conversation.Customer;

/**
 * Names and telephone numbers for customers that the data sets leave nameless. A fixed seed gives the same customers each time;
 * some of them call more than once. All numbers are in the range 555-0100 to 555-0199, which is kept for fiction.
 */
final class InventedCustomers {
    private static final int DIFFERENT_CUSTOMERS = 220;
    private static final String[] GIVEN_NAMES = {
        "Maria", "James", "Aisha", "Robert", "Mei", "John", "Fatima", "Michael", "Sofia", "William", "Priya", "Daniel",
        "Olivia", "Carlos", "Emma", "Thomas", "Leila", "Kevin", "Hannah", "Ahmed", "Grace", "Brian", "Yuki", "George",
        "Nadia", "Edward", "Rosa", "Steven", "Ingrid", "Paul", "Keisha", "Andrew", "Linh", "Peter", "Amara", "Joshua",
        "Teresa", "Kenneth", "Zoe", "Marcus", "Helen", "Victor", "Camila", "Eric"
    };
    private static final String[] FAMILY_NAMES = {
        "Lopez",
        "Smith",
        "Rahman",
        "Jones",
        "Chen",
        "Williams",
        "Hassan",
        "Brown",
        "Rossi",
        "Miller",
        "Sharma",
        "Davis",
        "Martin",
        "Garcia",
        "Wilson",
        "Moore",
        "Nazari",
        "Taylor",
        "Schmidt",
        "Mansour",
        "Lee",
        "Walker",
        "Tanaka",
        "Hall",
        "Ivanova",
        "Young",
        "Mendoza",
        "King",
        "Larsen",
        "Wright",
        "Robinson",
        "Scott",
        "Tran",
        "Green",
        "Adeyemi",
        "Baker",
        "Silva",
        "Nelson",
        "Carter",
        "Mitchell",
        "Novak",
        "Perez",
        "Torres",
        "Murphy",
        "Cook",
        "Bailey",
        "Rivera"
    };
    private static final String[] AREA_CODES = {"212", "305", "408", "415", "512", "617", "702", "713", "808", "916"};

    private final SplittableRandom random;

    InventedCustomers(long seed) {
        random = new SplittableRandom(seed);
    }

    Customer next() {
        return named(random.nextInt(DIFFERENT_CUSTOMERS));
    }

    private static Customer named(int number) {
        String name = GIVEN_NAMES[number % GIVEN_NAMES.length] + " " + FAMILY_NAMES[number % FAMILY_NAMES.length];
        return new Customer("C-" + (1000 + number), name, phone(new SplittableRandom(number)));
    }

    static String phone(SplittableRandom random) {
        return "+1%s55501%02d".formatted(AREA_CODES[random.nextInt(AREA_CODES.length)], random.nextInt(100));
    }
}
