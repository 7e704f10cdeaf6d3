namespace Farspan.ConnectEmulator;

/// <summary>Who an attendee is to the contact.</summary>
public enum AttendeeRole
{
    Customer,
    Agent,
}
