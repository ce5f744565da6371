package org.afterword.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * The sign-in page.
 *
 * @param name what was typed before, kept after a failure
 * @param error why it failed, in words; null on the first visit
 * @param notice what happened before, such as a sign-out; null if nothing worth a word
 */
public record SignInView(
        String name, @Nullable String error, @Nullable String notice) {}
