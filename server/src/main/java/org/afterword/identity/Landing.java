package org.afterword.identity;

/** Where a signed-in person begins. */
public final class Landing {
    private Landing() {}

    /** The path of the page, below the context path. */
    public static String pathFor(Role role) {
        return switch (role) {
            case AGENT -> "/panel";
            case SUPERVISOR -> "/floor";
            case ADMINISTRATOR -> "/admin";
            case REVIEWER, COACH, PLANNER, COMPLIANCE_OFFICER, INTEGRATION -> "/reports/acw";
        };
    }
}
