/** Tests of the catalog. */
package org.afterword.catalog;
