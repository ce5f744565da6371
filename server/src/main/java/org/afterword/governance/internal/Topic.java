package org.afterword.governance.internal;

import java.util.regex.Pattern;

/**
 * What words beside a number can say that it is. Names are English, and the usual ones of some other languages; of two that
 * begin at the same place, the earlier topic counts.
 */
public enum Topic {
    SECURITY_CODE("""
            \\b(?:c\\s?[vs]\\s?[vc]\\s?2?|cid|cvn|ccv)\\b
            |(?<!social\\s)\\bsecurity\\s(?:code|number|digits|value)
            |\\bcard\\s(?:verification\\s|validation\\s)?(?:code|value)
            |\\b(?:three|four|3|4)[\\s-]digit(?:s)?\\s(?:security\\s)?(?:code|number)
            |\\b(?:digits|code|number|numbers)\\s(?:on|at|from)\\s(?:the|its|your|my)\\s(?:back|front|reverse|signature)
            |\\bkartenprüf(?:nummer|ziffer)|\\bprüfziffer|\\bsicherheitscode|\\bbeveiligingscode
            |\\bcryptogramme|\\bcode\\sde\\ss[ée]curit[ée]|\\bc[óo]digo\\sde\\ssegur|\\bcodice\\sdi\\ssicurezza
            """),

    NATIONAL_ID("""
            \\bs[.\\s]{0,2}s[.\\s]{0,2}n\\b
            |\\bsocial\\b(?!\\s(?:media|networks?|networking|distancing|workers?|work|care|club|event|life|services?)\\b)
               (?:\\s(?:security|insurance))?(?:\\s(?:number|no|num|id|digits)\\b)?
            |\\bitin\\b|\\btax(?:payer)?(?:'s)?\\s?(?:id|identification|identifier|file)\\b(?:\\snumber)?
            |\\bnational\\s(?:insurance|id|identity|identification)\\b(?:\\scard)?(?:\\snumber)?|\\bnino\\b|\\bni\\snumber
            |\\b(?-i:SIN)\\b|\\bsin\\s(?:number|card)|\\bidentity\\s(?:card\\s)?(?:number|code)|\\bpersonal\\sidentity
            |\\b(?-i:DNI|NIE)\\b|\\b(?:dni|nie)\\s(?:es|number|n[úu]mero)|\\bseguridad\\ssocial
            |\\bcodice\\sfiscale|\\bn(?:um[ée]ro|°)\\sde\\ss[ée]cu|\\bs[ée]curit[ée]\\ssociale
            |\\bsteuer[-\\s]?(?:id|nummer)|\\bsozialversicherung|\\bidentifikationsnummer
            |\\bcpf\\b|\\bpesel\\b|\\bbsn\\b|\\bburgerservicenummer|\\baadhaa?r\\b|\\bpersonnummer
            """),

    PASSWORD("""
            \\bpass[\\s-]?(?:words?|codes?|phrases?|key|wort)\\b|\\bpwd\\b|\\bp[.\\s]?i[.\\s]?n\\b|\\bpersonal\\sidentification\\snumber
            |\\b(?:secret|memorable|security)\\s(?:word|phrase|answer)\\b|\\baccess\\scode\\b
            |\\bkennwort|\\bgeheimzahl|\\bmot\\sde\\spasse|\\bcode\\ssecret|\\bcontrase[ñn]a|\\bclave\\b
            """),

    BANK_ACCOUNT("""
            \\bbank\\s(?:account|acct|details)\\b(?:\\s(?:number|no|num)\\b)?
            |\\b(?:checking|chequing|savings?|current|deposit)\\s(?:account\\s|acct\\s)?(?:number|no|num)\\b
            |\\brouting\\b(?:\\sand\\saccount)?(?:\\s(?:numbers?|transit)\\b)?|\\baba\\s(?:number|routing)|\\btransit\\snumber
            |\\bsort[\\s-]?code|\\biban\\b|\\baccount\\snumber\\s(?:at|with|of|from)\\s(?:the|your|my|his|her)\\sbank
            |\\bkontonummer|\\bbankverbindung|\\bbankleitzahl|\\bblz\\b|\\bcompte\\sbancaire|\\bcuenta\\sbancaria
            |\\bn[úu]mero\\sde\\scuenta|\\bconto\\scorrente|\\brekeningnummer|\\bclabe\\b
            """),

    /** One that holds no money counts as some other number. */
    CARD("""
            (?<!\\b(?:gift|loyalty|library|member|rewards?|insurance|sim|health|business|boarding|school|student|membership)\\s)
               \\bcard(?:'s)?\\b(?:\\s(?:number|no|num)\\b)?
            |\\b(?:visa|mastercard|amex)\\b|\\bamerican\\sexpress|\\bcc\\s(?:number|no|num)\\b
            |\\bkreditkarte|\\bkartennummer|\\bcarte\\s(?:bancaire|bleue|de\\scr[ée]dit)|\\btarjeta|\\bcarta\\sdi\\scredito|\\bcart[ãa]o
            """),

    /** A customer's account, which is none at a bank as far as the words tell. */
    ACCOUNT("""
            \\ba(?:ccount|cct|/c)\\b(?:\\s(?:number|no|num|id|code)\\b)?
            """),

    OTHER("""
            \\b(?:orders?|policy|claims?|bookings?|confirmation|reservation|reference|ref|tracking|invoice|ticket|case|customer
              |membership|member|loyalty|gift|library|rewards?|client|contract|phone|telephone|mobile|cell|zip|postal|postcode
              |flight|serial|model|extension|birthday|born|dob|date\\sof\\sbirth|birth\\s?date|amount|total|balance|employee|fax
              |licen[sc]e|vehicle|vin|meter|receipt|transaction|item|product|sku|quote|part\\snumber|device|imei|address|unit
              |store|id|expir(?:es|y|ation|ing)|exp)\\b(?:\\s(?:card\\s)?(?:number|no|num|id|code|date)\\b)?
            """);

    private final Pattern pattern;

    Topic(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.COMMENTS);
    }

    Pattern pattern() {
        return pattern;
    }
}
