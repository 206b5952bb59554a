metadata description = 'Says so before the month costs more than was meant.'

@description('The most that a month should cost, in the subscription\'s currency.')
@minValue(0)
param amount int

@description('Who is told, besides the subscription\'s owners.')
param emails string[]

@description('The first day of the first month that counts, such as 2026-11-01. Azure takes none before the current month, and no other one later.')
param startDate string

resource budget 'Microsoft.Consumption/budgets@2024-08-01' = {
  name: 'opendata'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: startDate }
    notifications: {
      spentMost: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: emails
        contactRoles: ['Owner']
      }
      willExceed: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: emails
        contactRoles: ['Owner']
      }
    }
  }
}
