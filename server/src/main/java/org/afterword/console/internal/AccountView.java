package org.afterword.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * The page on which a signed-in person chooses a new password, or ends what is open elsewhere.
 *
 * @param error what cannot be taken, in words; null on the first visit
 */
public record AccountView(@Nullable String error) {}
