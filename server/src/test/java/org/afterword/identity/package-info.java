/** Tests of identity. */
package org.afterword.identity;
