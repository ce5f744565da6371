package org.afterword.console.internal;

import org.jspecify.annotations.Nullable;

/**
 * The page on which an administrator's first user name and password are chosen.
 *
 * @param path  where the form goes: the link itself
 * @param name  what was typed before, kept after a refusal
 * @param error what cannot be taken, in words; null on the first visit
 */
public record AdminLinkView(
        String path, String name, @Nullable String error) {}
