/**
 * What may be kept, and the proof of what was done.
 *
 * <p>Start at {@link Redactor}, which everything from outside passes before it is stored, and at {@link Trail}, which tells who
 * did and read what; {@link TrailProof} shows that nobody changed that. {@link Sealer} encrypts what may be kept and not be read. Old months are dropped as the settings say. Listens to what
 * {@code identity} announces of access; uses {@code identity} and {@code platform}; owns the tables {@code audit_entry},
 * {@code audit_content} and {@code audit_link}.
 */
@NullMarked
package org.afterword.governance;

import org.jspecify.annotations.NullMarked;
