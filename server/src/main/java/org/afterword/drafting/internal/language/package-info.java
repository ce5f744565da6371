/**
 * What can be read from English text without knowing what it is about: words, sentences, numbers, dates, times, amounts.
 *
 * <p>Start at {@link Sentence#allIn} and {@link Mentions}. Works on written chat and on unpunctuated lower-case speech alike.
 */
@NullMarked
package org.afterword.drafting.internal.language;

import org.jspecify.annotations.NullMarked;
