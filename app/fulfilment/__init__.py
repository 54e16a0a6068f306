"""The fulfilment desk: queue, deliveries in parts with serial numbers, goods receipts."""
