/**
 * The packaged program under the load of a busy floor, while the ground moves under it: processes killed and frozen, connections
 * cut, the disk full, clocks stepped.
 *
 * <p>Start at {@link org.afterword.e2e.faults.FaultsTest}. {@link org.afterword.e2e.faults.Floor} makes the load and notes in
 * {@link org.afterword.e2e.faults.Ledger} what was answered; {@link org.afterword.e2e.faults.House} breaks things; in the end
 * {@link org.afterword.e2e.faults.Books} compares the ledger with what the program kept.
 */
@NullMarked
package org.afterword.e2e.faults;

import org.jspecify.annotations.NullMarked;
