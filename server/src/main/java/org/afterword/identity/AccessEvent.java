package org.afterword.identity;

import java.util.Map;

/**
 * Somebody was given, lost or used access.
 *
 * @param actor   who did it, as {@link Caller#actor} names them; {@code system} at the first start
 * @param subject whom or what it happened to, named in the same way
 * @param details what else is worth keeping; never a secret
 */
public record AccessEvent(String actor, Kind kind, String subject, Map<String, Object> details) {
    /** The actor of what the program does by itself. */
    public static final String SYSTEM = "system";

    public enum Kind {
        USER_CREATED("user.created"),
        USER_CHANGED("user.changed"),
        SIGNED_IN("user.signed-in"),
        SIGN_IN_REFUSED("user.sign-in-refused"),
        SIGNED_OUT("user.signed-out"),
        TOKEN_ISSUED("token.issued"),
        TOKEN_REVOKED("token.revoked"),
        ADMIN_LINK_MADE("admin-link.made"),
        ADMIN_LINK_USED("admin-link.used");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As the trail names it. */
        public String code() {
            return code;
        }
    }

    public AccessEvent {
        details = Map.copyOf(details);
    }
}
