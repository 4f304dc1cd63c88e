package words

// What the network tells.
const (
	NetworkNotMet       Key = "network.not_met"
	NetworkToldBy       Key = "network.told_by"
	NetworkContactStick Key = "network.contact_stick"
	NetworkContactNet   Key = "network.contact_net"
	NetworkMore         Key = "network.more"
	NetworkStickFound   Key = "network.stick_found"
	NetworkStickFree    Key = "network.stick_free"
	NetworkStickLast    Key = "network.stick_last"
	NetworkSending      Key = "network.sending"
	NetworkInProgress   Key = "network.in_progress"
	NetworkAfterThis    Key = "network.after_this"
	NetworkBeside       Key = "network.beside"
	NetworkClockDays    Key = "network.clock_days"
	NetworkAhead        Key = "network.ahead"
	NetworkRenewed      Key = "network.renewed"
	NetworkRefused      Key = "network.refused"
	NetworkGapNobody    Key = "network.gap_nobody"
	NetworkSurplus      Key = "network.surplus"
	NetworkWho          Key = "network.who"
	NetworkWhoAbout     Key = "network.who_about"
	NetworkWhoNew       Key = "network.who_new"
	NetworkSetAside     Key = "network.set_aside"
	NetworkBare         Key = "network.bare"
)
