package org.afterword.fuzz;

import static org.afterword.fuzz.Rubbish.chance;
import static org.afterword.fuzz.Rubbish.one;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.afterword.platform.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Events as connectors send them, and what becomes of them in bad hands: structured, in batches, in binary mode. */
final class EventInputs {
    /** The kind of batches that can be read: they are taken, whatever is in the events. */
    static final String WHOLE_BATCH = "events in a batch";

    private static final int BATCH = 50;

    /** Each type with all its members; those at the front are what calls are made of, and come more often. */
    private static final List<String> DATA = List.of(
            "interaction.started {'channel':'chat','direction':'inbound','queue':'support','campaign':'spring','client':'acme','callType':'BILLING','customer':{'id':'k1','name':'Maria','phone':'+49 30 1234567','email':'m@example.com'},'attributes':{'plan':'gold','n':'1'}}",
            "interaction.connected {'agentId':'AGENT','role':'primary'}",
            "interaction.connected {'agentId':'AGENT','legId':'leg-1','role':'consult'}",
            "interaction.said {'turn':TURN,'speaker':'customer','text':'I was charged twice, my card is 4111 1111 1111 1111.','agentId':'AGENT','startSeconds':1.5,'endSeconds':2.5,'final':true,'language':'en'}",
            "interaction.said {'turn':TURN,'speaker':'agent','text':'I will send a refund of 25 dollars by Friday.','agentId':'AGENT'}",
            "interaction.ended {'endedBy':'customer'}",
            "interaction.ended {}",
            "agent.ready {}",
            "interaction.updated {'channel':'voice','direction':'outbound','queue':'billing','callType':'ORDER','customer':{'id':'k2'},'attributes':{'a':'b'}}",
            "interaction.offered {'agentId':'AGENT','reason':'next'}",
            "interaction.missed {'agentId':'AGENT','reason':'no answer'}",
            "interaction.held {'agentId':'AGENT','legId':'leg-1'}",
            "interaction.resumed {'agentId':'AGENT','legId':'leg-1'}",
            "interaction.action {'name':'refund','parameters':{'amount':25,'currency':'USD','to':['card',null]},'result':{'ok':true,'n':{'m':1}},'agentId':'AGENT'}",
            "interaction.recorded {'file':'2026/a.wav','channels':{'0':'agent','1':'customer'}}",
            "interaction.recorded {'url':'https://example.com/a.wav','channels':{'0':'agent'}}",
            "interaction.transferred {'agentId':'AGENT','legId':'leg-1','kind':'attended','toAgentId':'a1','toQueue':'billing'}",
            "interaction.left {'agentId':'AGENT','legId':'leg-1'}",
            "interaction.abandoned {'reason':'tired'}",
            "interaction.failed {'reason':'busy','agentId':'AGENT'}",
            "interaction.disposed {'agentId':'AGENT','code':'REFUND'}",
            "interaction.rated {'score':4.5,'scale':5,'comment':'fine'}",
            "agent.signed-in {'name':'Ann','team':'north','site':'Berlin','skills':['billing','en'],'capacity':3,'since':'2020-02-29','level':'senior'}",
            "agent.not-ready {'reason':'LUNCH'}",
            "agent.signed-out {'reason':'end of shift'}",
            "queue.status {'waiting':3,'longestWaitSeconds':12.5,'serviceLevel':81.5}",
            "desktop.app {'name':'CRM','state':'focus','seconds':12.5,'interactionId':'c1'}");

    private static final int OFTEN = 7;

    private static final List<String> TYPES = List.of(
            "application/cloudevents+json",
            "application/cloudevents-batch+json",
            "application/json",
            "application/cloudevents",
            "text/plain",
            "application/cloudevents+json; charset=utf-16",
            "application/cloudevents+json; charset=nonsense",
            "application/cloudevents+avro",
            "APPLICATION/CLOUDEVENTS+JSON;charset=UTF-8",
            "multipart/form-data; boundary=x",
            "application/x-www-form-urlencoded",
            "*/*",
            "",
            ";",
            "a",
            "application/xml");

    private final World world;
    private final AtomicLong ids = new AtomicLong();

    EventInputs(World world) {
        this.world = world;
    }

    Input batch(Random random) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            ObjectNode event = event(random);
            if (chance(random, 0.75)) {
                Mutation.ofStructure(event, true, random);
            }
            events.add(Json.write(event));
        }
        String body = "[" + String.join(",", events) + "]";
        return Input.of(isJson(body) ? WHOLE_BATCH : "broken batch", "POST", "/api/v1/events")
                .as(World.INTEGRATION)
                .header("Content-Type", "application/cloudevents-batch+json")
                .body(body.getBytes(StandardCharsets.UTF_8), BATCH);
    }

    private static boolean isJson(String text) {
        try {
            Json.read(text);
            return true;
        } catch (JacksonException e) {
            return false;
        }
    }

    Input single(Random random) {
        ObjectNode event = event(random);
        if (chance(random, 0.9)) {
            Mutation.ofStructure(event, false, random);
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> binary(event, random);
            case 2 -> brokenBatch(event, random);
            case 3 -> send("event of odd type", one(random, TYPES), random).body(Mutation.document(event, random));
            case 4 ->
                send("event in chunks", TYPES.getFirst(), random).chunked(Mutation.document(event, random), random);
            default -> send("event", TYPES.getFirst(), random).body(Mutation.document(event, random));
        };
    }

    private static Input.Builder send(String kind, String contentType, Random random) {
        Input.Builder input =
                Input.of(kind, "POST", "/api/v1/events").as(World.INTEGRATION).header("Content-Type", contentType);
        if (chance(random, 0.04)) {
            input.header("Content-Encoding", one(random, List.of("gzip", "br", "identity", "x")));
        }
        if (chance(random, 0.02)) {
            input.header("Content-Type", one(random, TYPES));
        }
        return chance(random, 0.04) ? input.header("ce-type", Rubbish.text(random)) : input;
    }

    private Input brokenBatch(ObjectNode event, Random random) {
        String one = Json.write(event);
        String body = switch (random.nextInt(8)) {
            case 0 -> "[[" + one + "],[" + one + "]]";
            case 1 -> one;
            case 2 -> "[" + (one + ",").repeat(3) + "]";
            case 3 -> chance(random, 0.1) ? "[" + "{},".repeat(5001) + "{}]" : "[{},[],null,1,\"a\"]";
            case 4 -> chance(random, 0.02) ? "[" + " ".repeat(8 * 1024 * 1024) + "]" : "[]";
            case 5 -> chance(random, 0.1) ? Rubbish.nested(100_000, random) : Rubbish.nested(600, random);
            case 6 -> "[" + one + "] " + Rubbish.text(random);
            default -> "[" + Mutation.ofText(one + "," + one, random) + "]";
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Input.Builder input = send("broken batch", TYPES.get(1), random);
        return chance(random, 0.2) ? input.chunked(bytes, random) : input.body(bytes);
    }

    private Input binary(ObjectNode event, Random random) {
        Input.Builder input =
                send("event in binary mode", chance(random, 0.8) ? "application/json" : one(random, TYPES), random);
        event.properties().forEach(attribute -> {
            if (!attribute.getKey().equals("data") && attribute.getKey().matches("[a-z0-9]{1,40}")) {
                String value = Input.encoded(attribute.getValue().asString("x"));
                input.header(
                        "ce-" + attribute.getKey(), chance(random, 0.15) ? badHeader(value, random) : shortened(value));
            }
        });
        return input.body(Mutation.document(event.path("data"), random));
    }

    private static String badHeader(String value, Random random) {
        String bad = switch (random.nextInt(4)) {
            case 0 ->
                one(
                        random,
                        List.of(
                                "%",
                                "%C0%A0",
                                "%zz",
                                "%E4",
                                "\"",
                                "\"\\\"",
                                "\"a\\",
                                "%00",
                                "%ED%A0%80",
                                "\u00e4",
                                "%u00e4"));
            case 1 -> Mutation.ofText(value, random);
            case 2 -> "\"" + value + "\"";
            default -> Rubbish.text(random);
        };
        return shortened(bad);
    }

    /** More than 8 KiB in all headers is refused by the web server itself. */
    private static String shortened(String text) {
        return text.length() > 900 ? text.substring(0, 900) : text;
    }

    ObjectNode event(Random random) {
        String[] sample =
                one(random, chance(random, 0.6) ? DATA.subList(0, OFTEN) : DATA).split(" ", 2);
        String agent = world.agent(random);
        String subject = switch (sample[0].substring(0, sample[0].indexOf('.'))) {
            case "interaction" -> world.interaction(random);
            case "queue" -> "support";
            default -> agent;
        };
        String data = sample[1]
                .replace('\'', '"')
                .replace("AGENT", agent)
                .replace("TURN", Integer.toString(random.nextInt(30)));
        long id = ids.incrementAndGet();
        return Json.object()
                .put("specversion", "1.0")
                .put("id", "f" + (chance(random, 0.04) ? Math.max(1, id - random.nextInt(50)) : id))
                .put("source", "/fuzz")
                .put("type", sample[0])
                .put("subject", subject)
                .put(
                        "time",
                        world.clock.instant().minusSeconds(random.nextInt(90)).toString())
                .put("datacontenttype", "application/json")
                .put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .set("data", Json.read(data));
    }
}
