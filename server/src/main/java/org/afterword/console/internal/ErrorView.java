package org.afterword.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * A page that says what happened, what became of the work, and what to do.
 *
 * @param status    the HTTP status
 * @param title     what happened, in a few words
 * @param detail    more of it, and what to do
 * @param home      where to go on from here; null = nowhere
 * @param homeLabel what that place is called
 */
public record ErrorView(
        int status, String title, String detail, @Nullable String home, String homeLabel) {}
