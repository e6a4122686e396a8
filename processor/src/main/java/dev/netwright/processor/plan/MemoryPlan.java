package dev.netwright.processor.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives values that are never needed at the same time the same memory: largest first, each at the lowest free offset.
 */
final class MemoryPlan {
    /**
     * A request for memory.
     *
     * @param key whose it is
     * @param size floats
     * @param first the first moment it is needed
     * @param last the last
     */
    record Request(Object key, int size, int first, int last) {
        boolean overlaps(Request other) {
            return first <= other.last && other.first <= last;
        }
    }

    /** A request and where it was put. */
    record Slot(Request request, int offset) {
        int end() {
            return Math.addExact(offset, request.size());
        }

        boolean meets(Slot other) {
            return offset < other.end() && other.offset < end();
        }
    }

    /** By offset; those at the same one in the order in which they were put there. */
    private final List<Slot> slots = new ArrayList<>();

    private final Map<Object, Slot> byKey = new HashMap<>();
    private final Set<Object> shared = new HashSet<>();

    MemoryPlan(List<Request> requests) {
        List<Request> order = new ArrayList<>(requests);
        order.sort(Comparator.comparingInt(Request::size).reversed().thenComparingInt(Request::first));
        for (Request request : order) {
            put(new Slot(request, lowestFree(request)));
        }
        noteShared();
    }

    private int lowestFree(Request request) {
        int offset = 0;
        for (Slot slot : slots) {
            if (slot.request().overlaps(request)) {
                if (slot.offset() - offset >= request.size()) {
                    break;
                }
                offset = Math.max(offset, slot.end());
            }
        }
        return offset;
    }

    private void put(Slot slot) {
        int low = 0;
        int high = slots.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (slots.get(middle).offset() <= slot.offset()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        slots.add(low, slot);
        byKey.put(slot.request().key(), slot);
    }

    private void noteShared() {
        Slot farthest = null;
        for (Slot slot : slots) {
            if (farthest != null && farthest.meets(slot)) {
                shared.add(farthest.request().key());
                shared.add(slot.request().key());
            }
            farthest = farthest == null || slot.end() > farthest.end() ? slot : farthest;
        }
    }

    /** Whether memory was asked for. */
    boolean has(Object key) {
        return byKey.containsKey(key);
    }

    int offset(Object key) {
        return slot(key).offset();
    }

    /** Whether some other request was given part of the same memory. */
    boolean isShared(Object key) {
        return shared.contains(slot(key).request().key());
    }

    /** Whether nothing else is written to the request's memory from its first moment to another one. */
    boolean survives(Object key, int moment) {
        Slot own = slot(key);
        if (!isShared(key)) {
            return true;
        }
        for (Slot other : slots) {
            boolean before = other.request().last() < own.request().first();
            if (other != own && other.meets(own) && !before && other.request().first() <= moment) {
                return false;
            }
        }
        return true;
    }

    int size() {
        return slots.stream().mapToInt(Slot::end).max().orElse(0);
    }

    List<Slot> slots() {
        return List.copyOf(slots);
    }

    private Slot slot(Object key) {
        Slot slot = byKey.get(key);
        if (slot == null) {
            throw new IllegalStateException("no memory was planned for " + key);
        }
        return slot;
    }
}
