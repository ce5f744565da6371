package org.afterword.e2e.faults;

/** What a run's random choices follow from. */
final class Seed {
    private Seed() {}

    /** The one that was asked for, or else a new one; says which. */
    static long take() {
        String wanted = System.getProperty("tests.seed", "");
        long seed = wanted.isBlank() ? System.nanoTime() & 0xffffffL : Long.parseLong(wanted.strip());
        System.out.printf("Repeat this run's choices with -Dtests.seed=%d%n", seed);
        return seed;
    }
}
