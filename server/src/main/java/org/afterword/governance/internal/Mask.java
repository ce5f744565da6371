package org.afterword.governance.internal;

/** What stands where something forbidden stood. */
public enum Mask {
    CARD_NUMBER("[card number]", Topic.CARD),
    SECURITY_CODE("[security code]", Topic.SECURITY_CODE),
    NATIONAL_ID("[national id]", Topic.NATIONAL_ID),
    PASSWORD("[password]", Topic.PASSWORD),
    BANK_ACCOUNT("[bank account]", Topic.BANK_ACCOUNT);

    private final String text;
    private final Topic topic;

    Mask(String text, Topic topic) {
        this.text = text;
        this.topic = topic;
    }

    public String text() {
        return text;
    }

    Topic topic() {
        return topic;
    }
}
